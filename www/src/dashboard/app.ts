/** The page: which screen is shown, what was read, and what happens on each action. */

import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { browserEngine } from '../engine/browser.js';
import type { Handle, ReadProgress, Source } from '../engine/engine.js';
import { orCancelled } from '../engine/cancel.js';
import { EngineError } from '../engine/errors.js';
import { isBlocked, isClear } from '../engine/mapping.js';
import type { Options, Query, Report, TicketDetail } from '../engine/types.js';
import type { Theme } from '../elements/flow-element.js';
import type { MappingAcceptEvent } from '../elements/flow-mapping.js';
import { turn } from '../elements/turn.js';
import { CARD_COUNT } from './cards.js';
import { errorPanel } from './error-panel.js';
import { FileIntake } from './intake.js';
import { landing } from './landing.js';
import { reading } from './reading.js';
import { results } from './results.js';
import { save } from './save.js';
import { loadTheme, themeSwitch } from './theme.js';
import { ticketDialog } from './ticket-dialog.js';

type Screen = 'landing' | 'reading' | 'mapping' | 'results';

const SAMPLE: Source = { name: 'sample-incidents.csv', sample: { tickets: 5000, seed: 2018 } };
const POINTS: Query = { include: { points: true, ids: true } };

export class FlowApp extends LitElement {
  static override properties = {
    screen: { state: true },
    error: { state: true },
    progress: { state: true },
    computing: { state: true },
    report: { state: true },
    busy: { state: true },
    ticket: { state: true },
    theme: { state: true },
    said: { state: true },
    mappingOpen: { state: true },
    cards: { state: true },
  };

  declare private screen: Screen;
  declare private error: EngineError | null;
  declare private progress: ReadProgress | null;
  declare private computing: boolean;
  declare private report: Report | null;
  declare private busy: boolean;
  declare private ticket: TicketDetail | null;
  declare private theme: Theme;
  /** For screen readers: what just happened. */
  declare private said: string;
  /** The mapping panel of a large export has thousands of nodes: it is made when it is opened. */
  declare private mappingOpen: boolean;
  declare private cards: number;

  private readonly intake = new FileIntake(this, (files) => {
    this.take(files);
  });
  private sources: Source[] = [];
  /** Sources of the figures on the page, while others are being read. */
  private shown: Source[] = [];
  private handle: Handle | null = null;
  private whole: Report | null = null;
  private filter: NonNullable<Query['filter']> = {};
  private abort: AbortController | null = null;
  private question = 0;
  private quarter = 0;

  constructor() {
    super();
    this.screen = 'landing';
    this.error = null;
    this.progress = null;
    this.computing = false;
    this.report = null;
    this.busy = false;
    this.ticket = null;
    this.theme = loadTheme();
    this.said = '';
    this.mappingOpen = false;
    this.cards = 0;
  }

  /** The page's own style sheet applies: no shadow root. */
  override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Everything a file will need is fetched now: after that the page makes no request at all.
    void Promise.allSettled([browserEngine().prepareFull(), import('../charts/echarts.js'), import('../charts/help.js')]).then(() => {
      this.dataset['ready'] = 'true';
    });
  }

  override render(): TemplateResult {
    return html`
      <header class="top">
        <a class="brand" href="./">
          <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M6 22a10 10 0 0 1 20 0" /><path class="needle" d="M16 22l5-8" /></svg>
          flowgauge
        </a>
        ${themeSwitch(this.theme, (theme) => (this.theme = theme))}
      </header>
      <main
        @flow-ticket-select=${(event: CustomEvent<{ ticket: number }>) => void this.openTicket(event.detail.ticket)}
        @flow-mapping-accept=${(event: MappingAcceptEvent) => void this.accept(event.detail)}
        @flow-part-select=${(event: CustomEvent<{ part: string }>) => {
          this.goTo(event.detail.part);
        }}
      >
        <input class="visually-hidden" id="file" type="file" multiple tabindex="-1" aria-label="Ticket exports" @change=${this.chosen} />
        ${this.error
          ? errorPanel(this.error, () => {
              this.error = null;
            })
          : nothing}
        ${this.body()}
      </main>
      <footer class="foot">
        Figures are computed in this browser. No cookies, no tracking, no upload.
      </footer>
      <div class="visually-hidden" role="status" aria-live="polite">${this.said}</div>
      ${ticketDialog(this.ticket, this.report?.zone ?? 'UTC', this.theme, () => (this.ticket = null))}
    `;
  }

  private body(): TemplateResult {
    if (this.screen === 'reading') {
      return reading({
        sources: this.sources,
        progress: this.progress,
        computing: this.computing,
        cancel: () => {
          this.abort?.abort();
        },
      });
    }
    if (this.screen === 'mapping' && this.handle) {
      return html`<h1 class="visually-hidden">How your file is read</h1>
        <flow-mapping .mappings=${this.handle.mappings} theme=${this.theme}></flow-mapping>
        <p><button class="button" id="another" @click=${this.choose}>Read another file</button></p>`;
    }
    if (this.screen === 'results' && this.handle && this.report && this.whole) {
      return results({
        report: this.report,
        whole: this.whole,
        mappings: this.handle.mappings,
        filter: this.filter,
        busy: this.busy,
        cards: this.cards,
        theme: this.theme,
        mappingOpen: this.mappingOpen,
        toggleMapping: (open) => (this.mappingOpen = open),
        setFilter: (dimension, value) => void this.setFilter(dimension, value),
        download: () => void this.download(),
        another: this.choose,
      });
    }
    return landing({ choose: this.choose, sample: () => void this.read([SAMPLE], {}), dragging: this.intake.dragging });
  }

  // ---- reading ----

  /** Reads sources; what is on the page stays until the new figures are there. */
  private async read(sources: Source[], options: Options, trusted = false): Promise<void> {
    this.abort?.abort();
    const abort = new AbortController();
    const before = this.screen === 'reading' ? 'landing' : this.screen;
    this.abort = abort;
    this.sources = sources;
    this.error = null;
    this.progress = null;
    this.computing = false;
    this.quarter = 0;
    this.screen = 'reading';
    this.said = `Reading ${sources.map(({ name }) => name).join(', ')}.`;
    let handle: Handle | null = null;
    try {
      handle = await browserEngine().open(sources, options, {
        signal: abort.signal,
        onProgress: (progress) => {
          if (this.abort !== abort) return;
          this.progress = progress;
          this.saySometimes(progress);
        },
      });
      const show = !isBlocked(handle.mappings) && (trusted || isClear(handle.mappings));
      this.computing = true;
      const report = show ? await orCancelled(handle.report(POINTS), abort.signal) : null;
      if (this.abort !== abort) throw EngineError.cancelled();
      this.handle?.close();
      this.handle = handle;
      this.shown = sources;
      this.filter = {};
      this.mappingOpen = false;
      if (report) {
        await this.show(report);
      } else {
        this.screen = 'mapping';
        this.said = 'Please check how the file is read.';
        await this.settle();
      }
    } catch (thrown) {
      if (handle !== this.handle) handle?.close();
      // A newer reading took over: it owns the screen.
      if (this.abort !== abort) return;
      this.fail(thrown, before);
    } finally {
      if (this.abort === abort) this.abort = null;
    }
  }

  /** The answers first, then one chart a task: the page can be used all the while. */
  private async show(report: Report): Promise<void> {
    this.report = report;
    this.whole = report;
    this.cards = 0;
    this.screen = 'results';
    this.said = 'The figures are ready.';
    await this.settle();
    while (this.cards < CARD_COUNT && this.whole === report) {
      await turn();
      this.cards += 1;
      await this.updateComplete;
    }
  }

  private fail(thrown: unknown, before: Screen): void {
    const error = EngineError.from(thrown);
    this.screen = this.handle ? before : 'landing';
    if (this.handle) this.sources = this.shown;
    if (error.kind === 'cancelled') {
      this.said = 'Cancelled.';
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#drop, #another')?.focus());
      return;
    }
    this.error = error;
    void this.settle('.error');
  }

  private async accept({ options, changed }: { options: Options; changed: boolean }): Promise<void> {
    if (changed) {
      await this.read(this.shown, options, true);
      return;
    }
    if (this.screen === 'results') {
      this.querySelector<HTMLDetailsElement>('.read-as')?.removeAttribute('open');
      return;
    }
    try {
      const report = await this.handle?.report(POINTS);
      if (!report) return;
      await this.show(report);
    } catch (thrown) {
      this.fail(thrown, 'mapping');
    }
  }

  /** After a change of screen: to the top, with the focus where reading goes on. */
  private async settle(selector = 'main h1'): Promise<void> {
    await this.updateComplete;
    scrollTo({ top: 0 });
    const target = this.querySelector<HTMLElement>(selector);
    target?.setAttribute('tabindex', '-1');
    target?.focus({ preventScroll: true });
  }

  private saySometimes(progress: ReadProgress): void {
    if (!progress.total) return;
    const quarter = Math.floor((progress.bytes / progress.total) * 4);
    if (quarter <= this.quarter) return;
    this.quarter = quarter;
    this.said = `${Math.min(quarter * 25, 100)} percent read.`;
  }

  // ---- questions ----

  private async setFilter(dimension: string, value: string | null): Promise<void> {
    const others = Object.entries(this.filter).filter(([name]) => name !== dimension);
    this.filter = Object.fromEntries(value === null ? others : [...others, [dimension, [value]]]);
    const question = ++this.question;
    this.busy = true;
    try {
      const report = await this.handle?.report({ ...POINTS, filter: this.filter });
      // Only the newest question may change the page.
      if (report && question === this.question) this.report = report;
    } catch (thrown) {
      if (question === this.question) this.error = EngineError.from(thrown);
    } finally {
      if (question === this.question) this.busy = false;
    }
  }

  private async openTicket(ticket: number): Promise<void> {
    try {
      this.ticket = (await this.handle?.ticket(ticket, {})) ?? null;
      await this.updateComplete;
      if (this.ticket) this.dialog?.showModal();
    } catch (thrown) {
      this.error = EngineError.from(thrown);
      void this.settle('.error');
    }
  }

  /** Aggregates only: no ticket is in the file. */
  private async download(): Promise<void> {
    try {
      const json = await this.handle?.reportJson({ filter: this.filter });
      if (json === undefined) return;
      save('report.json', json);
    } catch (thrown) {
      this.error = EngineError.from(thrown);
      void this.settle('.error');
    }
  }

  private goTo(part: string): void {
    this.cards = CARD_COUNT;
    void this.updateComplete.then(() => {
      this.bring(part);
    });
  }

  private bring(part: string): void {
    const target = this.querySelector<HTMLElement>(`#part-${CSS.escape(part)}`);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    target?.focus({ preventScroll: true });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  // ---- files in ----

  private readonly choose = (): void => {
    this.querySelector<HTMLInputElement>('#file')?.click();
  };

  private chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.take([...(input.files ?? [])]);
    // So that choosing the same file again is a change again.
    input.value = '';
  }

  private take(files: File[]): void {
    if (files.length > 0) void this.read(files.map((file) => ({ name: file.name, blob: file })), {});
  }
}
