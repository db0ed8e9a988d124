/**
 * Which report each place of the page shows. A place keeps its picture until all parts that it shows are new, and gets
 * a new one only where one of them changed; places change one after the other, so that no task is long.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { turn } from '../elements/turn.js';
import type { Report } from '../engine/types.js';

/** `null`: nothing to show yet; `undefined`: its turn has not come yet. */
export type Sight = Report | null | undefined;

export interface Place {
  id: string;
  /** What it waits for. */
  parts: readonly (keyof Report)[];
  /** What it shows as well, and does not wait for. */
  later?: readonly (keyof Report)[];
}

/** What a place should show, given what it shows. */
export function due(place: Place, shown: Sight, report: Report, stale: ReadonlySet<string>): Report | null {
  if (place.parts.some((part) => stale.has(part))) return shown ?? null;
  const missing = (place.later ?? []).filter((part) => stale.has(part));
  // What belongs to the question before is not shown beside what is new.
  const fresh = missing.length === 0 ? report : { ...report, ...Object.fromEntries(missing.map((part) => [part, undefined])) };
  return shown && alike(shown, fresh, [...place.parts, ...(place.later ?? [])]) ? shown : fresh;
}

function alike(a: Report, b: Report, parts: readonly (keyof Report)[]): boolean {
  // A part that is missing in both may be missing for another reason.
  return parts.every((part) => a[part] === b[part] && (a[part] !== undefined || a.unavailable[part]?.reason === b.unavailable[part]?.reason));
}

export interface Sighted {
  places: readonly Place[];
  report: Report | null;
  stale: ReadonlySet<string>;
}

export class Sights implements ReactiveController {
  private readonly shown = new Map<string, Report | null>();
  private dealing: Promise<void> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly now: () => Sighted,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.dealing && this.next()) this.dealing = this.deal();
  }

  of(id: string): Sight {
    return this.shown.get(id);
  }

  /** Nothing is on the page any more. */
  clear(): void {
    this.shown.clear();
  }

  /** All that can be shown is on the page. */
  async settled(): Promise<void> {
    await this.host.updateComplete;
    while (this.dealing) await this.dealing;
  }

  private next(): { id: string; sight: Report | null } | null {
    const { places, report, stale } = this.now();
    if (!report) return null;
    for (const place of places) {
      const shown = this.shown.get(place.id);
      const sight = due(place, shown, report, stale);
      if (sight !== shown) return { id: place.id, sight };
    }
    return null;
  }

  private async deal(): Promise<void> {
    try {
      while (this.next()) {
        await turn();
        // What is due may have changed in the meantime.
        const next = this.next();
        if (!next) break;
        this.shown.set(next.id, next.sight);
        this.host.requestUpdate();
        await this.host.updateComplete;
      }
    } finally {
      this.dealing = null;
    }
  }
}
