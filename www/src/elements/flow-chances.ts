/** The chance of being done soon, by age: a table whose cells are the darker the higher the chance. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { CHANCES_HELP, chances } from '../charts/chances.js';
import type { Chances } from '../charts/chances.js';
import type { Missing } from '../charts/chart.js';
import type { Report } from '../engine/types.js';
import { FlowFacts } from './flow-facts.js';
import { tables } from './styles.js';

export class FlowChances extends FlowFacts<Chances> {
  protected readonly heading = 'Chances of open tickets';
  protected readonly help = CHANCES_HELP;
  static override styles = [
    ...FlowFacts.styles,
    tables,
    css`
      table {
        border-collapse: separate;
        border-spacing: 2px;
      }
      th,
      td {
        padding: 6px;
        border: 0;
        border-radius: 6px;
      }
      thead th {
        white-space: normal;
      }
      tbody th {
        white-space: nowrap;
      }
      .chance {
        text-align: center;
      }
      .shade-1 {
        background: color-mix(in srgb, var(--_s1) 7%, transparent);
      }
      .shade-2 {
        background: color-mix(in srgb, var(--_s1) 14%, transparent);
      }
      .shade-3 {
        background: color-mix(in srgb, var(--_s1) 22%, transparent);
      }
      .shade-4 {
        background: color-mix(in srgb, var(--_s1) 30%, transparent);
      }
      .shade-5 {
        background: color-mix(in srgb, var(--_s1) 38%, transparent);
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.ageing?.definition];
  }

  protected view(report: Report): Chances | Missing {
    return chances(report);
  }

  protected override picture({ heads, rows }: Chances): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Chances by age">
      <table>
        <thead>
          <tr>
            <th scope="col">Age</th>
            <th scope="col" class="num">Open</th>
            ${heads.map((head) => html`<th scope="col" class="chance">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ age, open, cells }) =>
              html`<tr>
                <th scope="row">${age}</th>
                <td class="num">${open}</td>
                ${cells.map(({ text, shade }) => html`<td class=${`chance shade-${shade}`}>${text}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
