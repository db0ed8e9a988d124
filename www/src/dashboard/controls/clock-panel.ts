/** Which seconds count, and when people work. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { date, plural } from '../../charts/format.js';
import { calendarOf, calendarsOf, dayNumber, withCalendar } from '../../engine/question.js';
import type { ClockKind, Holiday, Query, Report, WorkCalendar } from '../../engine/types.js';
import { EngineError } from '../../engine/errors.js';
import type { Questions } from '../questions.js';
import { ControlPanel, textOf } from './control-panel.js';
import type { Days } from './days.js';
import { daysOf } from './days.js';

const CLOCKS: { kind: ClockKind; name: string; hint: string }[] = [
  { kind: 'elapsed', name: 'Elapsed', hint: 'Every second counts: nights and weekends too. What the person who waits feels.' },
  { kind: 'business', name: 'Working hours', hint: 'Only the hours below count.' },
  { kind: 'days', name: 'Calendar days', hint: 'Whole days: opened and resolved on the same day is one day.' },
];

const EXAMPLES = ['Mon-Fri 09:00-17:00', 'Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00', '24/7'];

const YEAR = 366;

export class FlowClockPanel extends ControlPanel {
  protected readonly from = 'clock';
  static override styles = [
    ...ControlPanel.styles,
    css`
      .clocks label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: start;
      }
      .clocks input {
        margin-top: 2px;
      }
      .holidays {
        max-height: 190px;
        overflow: auto;
        padding: 3px;
      }
      .holidays li {
        display: flex;
        gap: 10px;
        align-items: center;
        justify-content: space-between;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties: Record<string, object> = {
    ...ControlPanel.properties,
    group: { state: true },
    problem: { state: true },
    found: { state: true },
  };

  /** Whose hours are shown; `null`: everybody's. */
  declare private group: string | null;
  /** What is wrong with a file of holidays. */
  declare private problem: EngineError | null;
  declare private found: string;

  constructor() {
    super();
    this.group = null;
    this.problem = null;
    this.found = '';
  }

  protected content(questions: Questions, query: Query, whole: Report): TemplateResult {
    const kind = query.clock ?? 'elapsed';
    return html`<div class="columns">
      <fieldset class="clocks">
        <legend>Which time counts</legend>
        ${CLOCKS.map(
          ({ kind: one, name, hint }) =>
            html`<label>
              <input type="radio" name="clock" .checked=${one === kind} @change=${() => { this.set({ clock: one === 'elapsed' ? undefined : one }, `Clock: ${name.toLowerCase()}`); }} />
              <span>${name}<br /><span class="muted">${hint}</span></span>
            </label>`,
        )}
      </fieldset>
      ${this.calendar(questions, query, whole)}
    </div>`;
  }

  private calendar(questions: Questions, query: Query, whole: Report): TemplateResult {
    const { group } = this;
    const calendar = calendarOf(query, group);
    const own = group !== null && Object.hasOwn(calendarsOf(query).groups ?? {}, group);
    const put = (changed: WorkCalendar, what: string): void => {
      this.ask(withCalendar(query, group, changed), what);
    };
    return html`<fieldset>
      <legend>Working hours</legend>
      ${this.groups(questions, query)}
      <label class="field">
        <span>Hours of a week</span>
        <input
          class="wide"
          id="hours"
          list="examples"
          spellcheck="false"
          .value=${calendar.hours ?? ''}
          aria-invalid=${this.refused ? 'true' : 'false'}
          aria-describedby=${this.refused ? 'refusal' : 'hours-hint'}
          @change=${(event: Event) => { put({ ...calendar, hours: textOf(event) }, 'Working hours'); }}
        />
      </label>
      <datalist id="examples">${EXAMPLES.map((text) => html`<option value=${text}></option>`)}</datalist>
      <p class="muted" id="hours-hint">Such as “${EXAMPLES[1]}”, or “22:00-06:00” over midnight.</p>
      <label class="field">
        <span>Time zone of these hours</span>
        <input
          class="wide"
          id="zone"
          spellcheck="false"
          placeholder=${whole.zone}
          .value=${calendar.zone ?? ''}
          @change=${(event: Event) => {
            const zone = textOf(event);
            const changed = { ...calendar, zone };
            if (zone === '') Reflect.deleteProperty(changed, 'zone');
            put(changed, 'Zone of the working hours');
          }}
        />
      </label>
      ${own ? html`<div class="row"><button @click=${() => { this.ask(withCalendar(query, group, null), `${group}: hours of everybody`); }}>Use the hours of everybody</button></div>` : nothing}
      ${kindNote(query)} ${this.holidays(questions, calendar, put)}
    </fieldset>`;
  }

  private groups(questions: Questions, query: Query): TemplateResult | typeof nothing {
    if (!questions.whole?.input.dimensions.some(({ name }) => name === 'group')) return nothing;
    const known = questions.values.get('group');
    const names = known?.state === 'known' ? known.values.map(({ value }) => value).filter((value) => value !== '') : [];
    const own = calendarsOf(query).groups ?? {};
    return html`<label class="field">
      <span>Whose hours</span>
      <select
        @focus=${() => { questions.open('group'); }}
        @change=${(event: Event) => {
          const at = (event.currentTarget as HTMLSelectElement).selectedIndex - 1;
          this.group = names[at] ?? null;
        }}
      >
        <option ?selected=${this.group === null}>Everybody without hours of their own</option>
        ${names.map((name) => html`<option ?selected=${this.group === name}>${name}${Object.hasOwn(own, name) ? ' (own hours)' : ''}</option>`)}
      </select>
    </label>`;
  }

  override updated(): void {
    this.need('group');
  }

  private holidays(questions: Questions, calendar: WorkCalendar, put: (changed: WorkCalendar, what: string) => void): TemplateResult {
    const days = calendar.holidays ?? [];
    const add = (more: readonly Holiday[], what: string): void => {
      const all = new Map([...days, ...more].map((day) => [day.date, day]));
      put({ ...calendar, holidays: [...all.values()].sort((a, b) => (a.date < b.date ? -1 : 1)) }, what);
    };
    return html`<h2 id="holidays">Days off</h2>
      <div class="row">
        <label>
          <span>Add a day</span>
          <input type="date" @change=${(event: Event) => {
            const input = event.currentTarget as HTMLInputElement;
            if (input.value) add([{ date: input.value, name: '' }], `Day off ${date(input.value)}`);
            input.value = '';
          }} />
        </label>
        <button @click=${() => { this.renderRoot.querySelector<HTMLInputElement>('#ics')?.click(); }}>Read an .ics file</button>
        <input class="visually-hidden" id="ics" type="file" accept=".ics,text/calendar" tabindex="-1" aria-label="Holidays as .ics" @change=${(event: Event) => void this.read(event, questions, add)} />
        ${days.length > 1 ? html`<button @click=${() => { put({ ...calendar, holidays: [] }, 'No days off'); }}>Remove all</button>` : nothing}
      </div>
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem.message} ${this.problem.remedy}</p>` : nothing}
      <p class="muted" role="status">${this.found || (days.length === 0 ? 'None: public holidays count as working days.' : plural(days.length, 'day'))}</p>
      ${days.length === 0
        ? nothing
        : html`<ul class="holidays" tabindex="0" aria-labelledby="holidays">
            ${days.map(
              (day) =>
                html`<li>
                  <span>${date(day.date)}${day.name ? `, ${day.name}` : ''}</span>
                  <button
                    aria-label=${`Remove ${date(day.date)}`}
                    @click=${() => { put({ ...calendar, holidays: days.filter((one) => one !== day) }, `No day off on ${date(day.date)}`); }}
                  >
                    Remove
                  </button>
                </li>`,
            )}
          </ul>`}`;
  }

  private async read(event: Event, questions: Questions, add: (days: readonly Holiday[], what: string) => void): Promise<void> {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    this.problem = null;
    this.found = '';
    try {
      const { holidays, notes } = await questions.holidays(await file.text());
      const near = questions.whole ? within(daysOf(questions.whole), holidays) : holidays;
      const left = holidays.length - near.length;
      this.found = [`${plural(near.length, 'day')} off from ${file.name}.`, ...(left > 0 ? [`${plural(left, 'day')} far from the data left out.`] : []), ...notes].join(' ');
      if (near.length > 0) add(near, `Days off of ${file.name}`);
    } catch (thrown) {
      this.problem = EngineError.from(thrown);
    } finally {
      input.value = '';
    }
  }
}

/** Calendars repeat their days for decades: those of the data count, and of the years that a forecast may reach. */
function within({ first, last }: Days, holidays: readonly Holiday[]): Holiday[] {
  return holidays.filter(({ date: iso }) => dayNumber(iso) >= first - YEAR && dayNumber(iso) <= last + 2 * YEAR);
}

function kindNote(query: Query): TemplateResult | typeof nothing {
  return query.clock === 'business' ? nothing : html`<p class="muted">These hours count once “Working hours” is chosen.</p>`;
}
