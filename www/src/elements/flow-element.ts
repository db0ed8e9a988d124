/** What all elements share: the report they show, where it comes from, and the theme. */

import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EngineError } from '../engine/errors.js';
import type { Report, Role } from '../engine/types.js';
import { card, controls, tokens } from './styles.js';
import type { Loaded } from './source.js';
import { acquire, release } from './source.js';

export type Theme = 'auto' | 'light' | 'dark';

/** A ticket was chosen in a chart or a table: of the log of the page, or of another one; `board`: as it stood on the day of the board. */
export type TicketSelectEvent = CustomEvent<{ ticket: number; of?: Role; board?: boolean }>;
/** A `src` was read, or could not be. */
export type LoadEvent = CustomEvent<{ report: Report }>;
export type ErrorEventDetail = CustomEvent<{ error: EngineError }>;

declare global {
  interface HTMLElementEventMap {
    'flow-ticket-select': TicketSelectEvent;
    'flow-load': LoadEvent;
    'flow-error': ErrorEventDetail;
  }
}

export abstract class FlowElement extends LitElement {
  static override styles = [tokens, controls, card];

  static override properties: Record<string, object> = {
    report: { attribute: false },
    src: {},
    theme: { reflect: true },
    loading: { state: true },
    error: { state: true },
  };

  /** The report to show. Wins over `src`. */
  declare report: Report | null;
  /** Address of a ticket export (CSV, gz) or of a report.json. */
  declare src: string | null;
  /** `auto` follows the reader's preference. */
  declare theme: Theme;
  declare protected loading: boolean;
  declare protected error: EngineError | null;

  private held: string | null = null;

  constructor() {
    super();
    this.report = null;
    this.src = null;
    this.theme = 'auto';
    this.loading = false;
    this.error = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.src && this.held === null) void this.load(this.src);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.letGo();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('src') && this.isConnected && this.src !== this.held) {
      this.letGo();
      if (this.src) void this.load(this.src);
    }
  }

  /** Content; called with a report only. */
  protected abstract content(report: Report): TemplateResult | typeof nothing;
  /** Heading for the time without a report. */
  protected abstract get heading(): string;

  override render(): TemplateResult | typeof nothing {
    if (this.report) return this.content(this.report);
    return html`<section class="card" aria-busy=${this.loading ? 'true' : 'false'}>
      <h3>${this.heading}</h3>
      ${this.error
        ? html`<p role="alert">${this.error.message}</p>
            <p>${this.error.remedy}</p>`
        : html`<p role="status">${this.loading ? 'Reading…' : this.src ? nothing : 'No data yet.'}</p>`}
    </section>`;
  }

  protected emit<T>(type: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private async load(src: string): Promise<void> {
    this.held = src;
    this.loading = true;
    this.error = null;
    try {
      const loaded: Loaded = await acquire(src);
      if (this.held !== src) return;
      this.report = loaded.report;
      this.emit('flow-load', { report: loaded.report });
    } catch (thrown) {
      if (this.held !== src) return;
      this.error = thrown as EngineError;
      this.emit('flow-error', { error: this.error });
    } finally {
      if (this.held === src) this.loading = false;
    }
  }

  private letGo(): void {
    if (this.held !== null) release(this.held);
    this.held = null;
  }
}
