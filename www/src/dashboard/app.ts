/** The page: which screen is shown, what was read, and what happens on each action. */

import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { browserEngine } from '../engine/browser.js';
import type { Handle, ReadProgress, Source } from '../engine/engine.js';
import { orCancelled } from '../engine/cancel.js';
import { EngineError } from '../engine/errors.js';
import { isBlocked, isClear } from '../engine/mapping.js';
import type { Options, Preview, Report, TicketDetail } from '../engine/types.js';
import { filtered } from '../engine/question.js';
import type { ExplainEvent, FilterEvent, TakeAwayEvent } from '../elements/flow-breakdown.js';
import type { SetAsideEvent } from '../elements/flow-data-health.js';
import type { Theme, TicketSelectEvent } from '../elements/flow-element.js';
import type { FlowMapping, MappingAcceptEvent, MappingSteps, MappingToolEvent } from '../elements/flow-mapping.js';
import { turn } from '../elements/turn.js';
import type { FlowControls, Panel } from './controls/flow-controls.js';
import type { LookEvent } from './controls/flow-lens.js';
import { BoardQuestion } from './board-question.js';
import { errorPanel } from './error-panel.js';
import type { Guide } from './exports.js';
import { Explained } from './explained.js';
import { loadGuides } from './exports.js';
import { ACCEPTED } from './files.js';
import { FileIntake } from './intake.js';
import { browserShelf } from './kept.js';
import { calculator } from './calculator.js';
import { landing } from './landing.js';
import type { MappingPage } from './mapping-desk.js';
import { MappingDesk } from './mapping-desk.js';
import { sortOut } from './mapping-import.js';
import type { Notice } from './notice.js';
import { noticeLine } from './notice.js';
import type { Opened } from './opening.js';
import { openWith } from './opening.js';
import { reading } from './reading.js';
import { Remembered } from './remembered.js';
import { Questions } from './questions.js';
import { placesOf, results } from './results.js';
import { save } from './save.js';
import { firstDimension } from './lenses.js';
import { SetAside } from './set-aside.js';
import { Sights } from './sights.js';
import { SwarmQuestion } from './swarm-question.js';
import { loadTheme, themeSwitch } from './theme.js';
import { ticketDialog } from './ticket-dialog.js';
import { WhatIfQuestion } from './what-if-question.js';

type Screen = 'landing' | 'calculator' | 'reading' | 'mapping' | 'results';

const SAMPLE: Source[] = (['incidents', 'changes', 'deployments'] as const).map((part) => ({
  name: `sample-${part}.csv`,
  sample: { tickets: 5000, seed: 2018, part },
}));

export class FlowApp extends LitElement implements MappingPage {
  static override properties = {
    screen: { state: true },
    error: { state: true },
    progress: { state: true },
    previews: { state: true },
    notice: { state: true },
    guides: { state: true },
    wanted: { state: true },
    computing: { state: true },
    ticket: { state: true },
    theme: { state: true },
    said: { state: true },
    mappingOpen: { state: true },
  };

  declare screen: Screen;
  declare private error: EngineError | null;
  declare private progress: ReadProgress | null;
  declare private previews: Preview[];
  declare notice: Notice | null;
  declare private guides: Guide[];
  /** What is looked for among them. */
  declare private wanted: string;
  declare private computing: boolean;
  declare private ticket: TicketDetail | null;
  declare private theme: Theme;
  /** For screen readers: what just happened. */
  declare private said: string;
  /** The mapping panel of a large export has thousands of nodes: it is made when it is opened. */
  declare private mappingOpen: boolean;

  private readonly intake = new FileIntake(this, (files) => void this.take(files));
  private readonly aside = new SetAside(this, (thrown) => {
    this.complain(thrown);
  });
  private readonly explained = new Explained(this);
  private readonly remembered = new Remembered(browserShelf());
  private readonly desk = new MappingDesk(this, this.remembered);
  private sources: Source[] = [];
  /** Sources of the figures on the page, while others are being read. */
  shown: Source[] = [];
  handle: Handle | null = null;
  /** What the files on the page were read with. */
  options: Options = {};
  /** What was changed on the mapping page, until the files have been read that way. */
  private steps: MappingSteps | null = null;
  /** Whether they were read as last time. */
  private recalled = false;
  private readonly questions = new Questions(this, (text) => (this.said = text));
  private readonly board = new BoardQuestion(this, () => ({ handle: this.handle, questions: this.questions }));
  private readonly swarm = new SwarmQuestion(this, () => ({ handle: this.handle, questions: this.questions }), (text) => (this.said = text));
  private readonly whatIf = new WhatIfQuestion(this, () => ({ whole: this.questions.whole, ask: (input) => browserEngine().whatIf(input) }), (text) => (this.said = text));
  private readonly sights = new Sights(this, () => ({
    places: this.screen === 'results' ? placesOf(this.questions) : [],
    report: this.questions.report,
    stale: this.questions.stale,
  }));
  /** The day of the board that the ticket was opened from, where it is not that of the page. */
  private ticketDay: string | null = null;
  private abort: AbortController | null = null;
  private quarter = 0;

  constructor() {
    super();
    this.screen = 'landing';
    this.error = null;
    this.progress = null;
    this.previews = [];
    this.notice = this.remembered.note ? { text: this.remembered.note } : null;
    this.guides = [];
    this.wanted = '';
    this.computing = false;
    this.ticket = null;
    this.theme = loadTheme();
    this.said = '';
    this.mappingOpen = false;
  }

  /** The page's own style sheet applies: no shadow root. */
  override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Everything a file will need is fetched now: after that the page makes no request at all.
    const guides = loadGuides().then((found) => (this.guides = found));
    const parts = [
      import('../charts/echarts.js'),
      import('../charts/help.js'),
      import('../elements/define-mapping.js'),
      import('../elements/define-flow.js'),
      import('./controls/define.js'),
    ];
    void Promise.allSettled([browserEngine().prepareFull().then(() => browserEngine().prepareBeside()), guides, ...parts]).then(() => {
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
        @flow-ticket-select=${(event: TicketSelectEvent) => void this.openTicket(event.detail)}
        @flow-mapping-accept=${(event: MappingAcceptEvent) => {
          this.steps = event.detail.steps;
          void this.desk.accept(event.detail);
        }}
        @flow-mapping-tool=${(event: MappingToolEvent) => {
          const { tool, mappings } = event.detail;
          if (tool === 'import') this.querySelector<HTMLInputElement>('#mapping-file')?.click();
          else if (tool === 'export') this.desk.save(mappings);
          else this.desk.forget(mappings);
        }}
        @flow-set-aside=${(event: SetAsideEvent) => void (this.questions.whole && this.aside.open(this.questions.whole, event.detail.reason))}
        @flow-part-select=${(event: CustomEvent<{ part: string }>) => void this.goTo(event.detail.part)}
        @flow-look=${(event: LookEvent) => {
          this.questions.look(event.detail.dimension);
        }}
        @flow-filter=${({ detail: { dimension, value, label } }: FilterEvent) => {
          this.questions.ask(filtered(this.questions.query, dimension, [value]), label, 'filter');
        }}
        @flow-open-control=${(event: CustomEvent<{ panel: string }>) => void this.querySelector<FlowControls>('flow-controls')?.show(event.detail.panel as Panel)}
        @flow-explain=${(event: ExplainEvent) => {
          this.explain(event.detail);
        }}
        @flow-take-away=${({ detail: { name, text } }: TakeAwayEvent) => {
          save(name, new Blob([text], { type: 'text/csv' }));
        }}
      >
        <input class="visually-hidden" id="file" type="file" multiple accept=${ACCEPTED} tabindex="-1" aria-label="Ticket exports" @change=${this.chosen} />
        <input class="visually-hidden" id="mapping-file" type="file" accept=".json" tabindex="-1" aria-label="A mapping" @change=${this.chosenMapping} />
        ${this.error
          ? errorPanel(this.error, () => {
              this.error = null;
            })
          : nothing}
        ${this.notice && this.screen !== 'reading'
          ? noticeLine(this.notice, () => {
              this.notice = null;
            })
          : nothing}
        ${this.body()}
      </main>
      <footer class="foot">
        Figures are computed in this browser. No cookies, no tracking, no upload.
      </footer>
      <div class="visually-hidden" role="status" aria-live="polite">${this.said}</div>
      ${this.aside.dialog()} ${this.explained.dialog()}
      ${ticketDialog(this.ticket, this.questions.report?.zone ?? 'UTC', this.theme, () => (this.ticket = null), this.ticketDay)}
    `;
  }

  private body(): TemplateResult {
    if (this.screen === 'reading') {
      return reading({
        sources: this.sources,
        progress: this.progress,
        previews: this.previews,
        computing: this.computing,
        cancel: () => {
          this.abort?.abort();
        },
      });
    }
    if (this.screen === 'mapping' && this.handle) {
      return html`<h1 class="visually-hidden">How your file is read</h1>
        <flow-mapping
          .mappings=${this.handle.mappings}
          .options=${this.options}
          .resume=${this.steps}
          ?remembered=${this.desk.knowsAll}
          theme=${this.theme}
        ></flow-mapping>
        <p><button class="button" id="another" @click=${this.choose}>Read another file</button></p>`;
    }
    const { report, whole } = this.questions;
    if (this.screen === 'results' && this.handle && report && whole) {
      return results({
        questions: this.questions,
        revision: this.questions.revision,
        sights: this.sights,
        board: this.board,
        swarm: this.swarm,
        whatIf: this.whatIf,
        report,
        whole,
        mappings: this.handle.mappings,
        options: this.options,
        steps: this.steps,
        recalled: this.recalled,
        remembered: this.desk.knowsAll,
        downloads: this.aside.downloads(whole.input.files),
        theme: this.theme,
        mappingOpen: this.mappingOpen,
        toggleMapping: (open) => (this.mappingOpen = open),
        download: () => void this.download(),
        another: this.choose,
      });
    }
    if (this.screen === 'calculator') {
      return calculator({ desk: this.whatIf, theme: this.theme, choose: this.choose, back: () => void this.turnTo('landing', '#calculate') });
    }
    return landing({
      choose: this.choose,
      sample: () => void this.read(SAMPLE),
      calculate: () => void this.turnTo('calculator'),
      dragging: this.intake.dragging,
      guides: this.guides,
      wanted: this.wanted,
      search: (wanted) => (this.wanted = wanted),
      remembered: this.remembered.all.length,
      forget: () => {
        this.desk.forget(this.remembered.all);
      },
    });
  }

  // ---- reading ----

  /**
   * Reads sources; what is on the page stays until the new figures are there. Without options they are read with what is
   * remembered; with options the reader has chosen, and the figures come at once.
   */
  async read(sources: Source[], options?: Options): Promise<boolean> {
    this.abort?.abort();
    const abort = new AbortController();
    const before = this.screen === 'reading' ? 'landing' : this.screen;
    this.abort = abort;
    this.sources = sources;
    this.error = null;
    this.notice = null;
    this.progress = null;
    this.previews = [];
    this.computing = false;
    this.quarter = 0;
    this.screen = 'reading';
    this.said = `Reading ${sources.map(({ name }) => name).join(', ')}.`;
    let opened: Opened | null = null;
    try {
      const hooks = {
        signal: abort.signal,
        onProgress: (progress: ReadProgress) => {
          if (this.abort !== abort) return;
          this.progress = progress;
          this.saySometimes(progress);
        },
        onPreview: (preview: Preview) => {
          if (this.abort !== abort) return;
          // A file that is read a second time, without what is remembered, tells its first rows again.
          const others = this.previews.filter(({ file, table }) => file !== preview.file || table !== preview.table);
          this.previews = [...others, preview];
        },
      };
      opened = options
        ? { handle: await browserEngine().open(sources, options, hooks), options, without: false }
        : await openWith(sources, this.remembered.all, hooks);
      const { mappings } = opened.handle;
      const known = opened.without ? [] : mappings.filter((mapping) => this.remembered.knows(mapping));
      const clear = mappings.every((mapping) => known.includes(mapping) || isClear([mapping]));
      this.computing = true;
      const report = !isBlocked(mappings) && (options || clear) ? await orCancelled(opened.handle.report(Questions.first()), abort.signal) : null;
      // Taking a report in is work as well: the page is made in the next task.
      await turn();
      if (this.abort !== abort || abort.signal.aborted) throw EngineError.cancelled();
      this.handle?.close();
      this.handle = opened.handle;
      this.options = opened.options;
      this.steps = null;
      this.recalled = !options && known.length === mappings.length;
      this.aside.use(opened.handle);
      this.shown = sources;
      this.questions.close();
      this.mappingOpen = false;
      if (opened.without) this.notice = { text: 'The mapping of last time does not fit this file. It was read as if for the first time.' };
      if (report) await this.show(report);
      else await this.ask();
      return true;
    } catch (thrown) {
      if (opened && opened.handle !== this.handle) opened.handle.close();
      // A newer reading took over: it owns the screen.
      if (this.abort === abort) this.fail(thrown, before);
      return false;
    } finally {
      if (this.abort === abort) this.abort = null;
    }
  }

  /** The mapping page, with the keyboard where it goes on. */
  private async ask(): Promise<void> {
    this.screen = 'mapping';
    this.said = 'Please check how the file is read.';
    await this.settle();
    await this.querySelector<FlowMapping>('flow-mapping')?.focusFirst();
  }

  /** From top to bottom, each part in a task of its own: the page can be used all the while. */
  private async show(report: Report): Promise<void> {
    if (!this.handle) return;
    this.sights.clear();
    this.questions.start(this.handle, report, firstDimension(report));
    this.screen = 'results';
    this.said = 'The first figures are ready.';
    await this.settle();
  }

  private async turnTo(screen: Screen, focus?: string): Promise<void> {
    this.error = null;
    this.screen = screen;
    await this.settle(focus);
  }

  private fail(thrown: unknown, before: Screen): void {
    const error = EngineError.from(thrown);
    this.screen = this.handle || before === 'calculator' ? before : 'landing';
    if (this.handle) this.sources = this.shown;
    if (error.kind === 'cancelled') {
      this.said = 'Cancelled.';
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#drop, #another')?.focus());
      return;
    }
    this.complain(error);
  }

  /** From the mapping page to the figures, with the files as they were read. */
  async figures(): Promise<void> {
    try {
      const report = await this.handle?.report(Questions.first());
      if (report) await this.show(report);
    } catch (thrown) {
      this.fail(thrown, 'mapping');
    }
  }

  closeMapping(): void {
    this.mappingOpen = false;
    this.steps = null;
    this.querySelector<HTMLElement>('.read-as > summary')?.focus();
  }

  complain(thrown: unknown): void {
    this.error = EngineError.from(thrown);
    void this.settle('.error');
  }

  /** After a change of screen: to the top, with the focus where reading goes on. */
  private async settle(selector = 'main h1'): Promise<void> {
    await this.updateComplete;
    // Scrolling lays the page out, which takes as long as making it: not in one task.
    await turn();
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

  /** Of the tickets with a value, or of all that are selected. */
  private explain({ figure, dimension, value, label }: ExplainEvent['detail']): void {
    const { query } = this.questions;
    const of = dimension === undefined ? query : filtered(query, dimension, [value ?? '']);
    if (this.handle) void this.explained.open(this.handle, figure, of, label);
  }

  private async openTicket({ ticket, of, board }: TicketSelectEvent['detail']): Promise<void> {
    try {
      const query = board ? this.board.shownQuery : this.questions.query;
      this.ticket = (await this.handle?.ticket(ticket, of ? { ...query, of } : query)) ?? null;
      this.ticketDay = board ? (query.as_of ?? null) : null;
      await this.updateComplete;
      if (this.ticket) this.dialog?.showModal();
    } catch (thrown) {
      this.complain(thrown);
    }
  }

  /** Aggregates only: no ticket is in the file. */
  private async download(): Promise<void> {
    try {
      const json = await this.handle?.reportJson(this.board.withSettings);
      if (json === undefined) return;
      save('report.json', json);
    } catch (thrown) {
      this.complain(thrown);
    }
  }

  private async goTo(part: string): Promise<void> {
    await this.sights.settled();
    const target = this.querySelector<HTMLElement>(`#part-${CSS.escape(part)}`);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    target?.focus({ preventScroll: true });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog:not([id])');
  }

  // ---- files in ----

  private readonly choose = (): void => {
    this.querySelector<HTMLInputElement>('#file')?.click();
  };

  private chosen(event: Event): void {
    void this.take(picked(event));
  }

  private chosenMapping(event: Event): void {
    const files = picked(event);
    if (files.length > 0) void this.desk.take(files);
  }

  private async take(files: File[] | Promise<File[]>): Promise<void> {
    try {
      const { mappings, exports } = await sortOut(await files);
      if (mappings.length > 0) await this.desk.take(mappings);
      if (exports.length > 0) await this.read(exports.map((file) => ({ name: file.name, blob: file })));
    } catch (thrown) {
      this.complain(new EngineError('load_failed', 'The browser could not open what was dropped.', String(thrown)));
    }
  }
}

function picked(event: Event): File[] {
  const input = event.target as HTMLInputElement;
  const files = [...(input.files ?? [])];
  // So that choosing the same file again is a change again.
  input.value = '';
  return files;
}
