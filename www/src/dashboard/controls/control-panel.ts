/** What the panels of the control bar share: the question they change, and what is wrong with a change. */

import { LitElement, html, nothing } from 'lit';
import type { CSSResult, TemplateResult } from 'lit';
import { having } from '../../engine/question.js';
import type { Query, Report } from '../../engine/types.js';
import { controls, tokens } from '../../elements/styles.js';
import type { Questions } from '../questions.js';
import { panels, refusals } from './styles.js';

export abstract class ControlPanel extends LitElement {
  static override styles: CSSResult[] = [tokens, controls, panels, refusals];
  static override properties: Record<string, object> = {
    questions: { attribute: false },
    revision: { attribute: false },
    theme: { reflect: true },
  };

  declare questions: Questions | null;
  /** Grows with each change of the questions, which are one object. */
  declare revision: number;
  declare theme: string;

  constructor() {
    super();
    this.questions = null;
    this.revision = 0;
    this.theme = 'auto';
  }

  /** By what a refusal finds its panel. */
  protected abstract readonly from: string;
  protected abstract content(questions: Questions, query: Query, whole: Report): TemplateResult;

  override render(): TemplateResult | typeof nothing {
    const { questions } = this;
    if (!questions?.whole) return nothing;
    return html`${this.content(questions, questions.wanted.query, questions.whole)} ${this.refusal(questions)}`;
  }

  protected get refused(): boolean {
    return this.questions?.refusal?.from === this.from;
  }

  protected ask(query: Query, what: string): void {
    this.questions?.ask(query, what, this.from);
  }

  protected set(changes: { [K in keyof Query]?: Query[K] | undefined }, what: string): void {
    if (this.questions) this.ask(having(this.questions.wanted.query, changes), what);
  }

  /** The values of a dimension, where the data have it, ready before they are looked for. */
  protected need(dimension: string): void {
    const { questions } = this;
    if (!questions || questions.values.has(dimension)) return;
    if (questions.whole?.input.dimensions.some(({ name }) => name === dimension)) questions.open(dimension);
  }

  private refusal({ refusal }: Questions): TemplateResult | typeof nothing {
    if (!refusal || refusal.from !== this.from) return nothing;
    return html`<div class="refusal" id="refusal" role="alert">
      <p><strong>${refusal.error.message}</strong></p>
      <p>${refusal.error.remedy} The figures on the page are the ones from before.</p>
    </div>`;
  }
}

/** What a field holds after it was changed. */
export const textOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value.trim();

/** A number that was typed; `null` where there is none. */
export function numberOf(event: Event): number | null {
  const text = textOf(event);
  const value = Number(text);
  return text === '' || !Number.isFinite(value) || value < 0 ? null : value;
}
