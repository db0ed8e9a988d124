/**
 * A text that the browser keeps: two copies with a checksum each. A new one is written beside the old one, read back, and
 * only then made the current one; a copy that is damaged gives way to the one before it.
 */

/** The part of `Storage` that is used. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's own storage, or memory where it throws: in a sandboxed frame, or where the reader forbids it. */
export function browserShelf(): Shelf {
  try {
    const probe = 'flowgauge.probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return memoryShelf();
  }
}

export function memoryShelf(): Shelf {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

/** FNV-1a. It finds torn and damaged writes; it is no defence against anybody who wants to change them. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export class Kept {
  constructor(
    private readonly shelf: Shelf,
    private readonly key: string,
  ) {}

  /** The newest copy that is whole; `damaged` where it is not the one that was written last, or none is left. */
  load(): { text: string | null; damaged: boolean } {
    try {
      const current = this.current();
      const newest = this.copy(current);
      if (newest !== null) return { text: newest, damaged: false };
      const previous = this.copy(1 - current);
      const wrote = this.shelf.getItem(`${this.key}.current`) !== null;
      return { text: previous, damaged: wrote };
    } catch {
      return { text: null, damaged: false };
    }
  }

  /** Tells whether it was kept: a full or forbidden storage keeps the copy that it has. */
  save(text: string): boolean {
    try {
      const next = 1 - this.current();
      this.shelf.setItem(`${this.key}.${next}`, checksum(text) + text);
      if (this.copy(next) !== text) return false;
      this.shelf.setItem(`${this.key}.current`, String(next));
      return true;
    } catch {
      return false;
    }
  }

  /** Both copies: what is to be forgotten must not stay as the previous one. */
  clear(): void {
    try {
      for (const part of ['current', '0', '1']) this.shelf.removeItem(`${this.key}.${part}`);
    } catch {
      // Nothing can be there either.
    }
  }

  private current(): number {
    return this.shelf.getItem(`${this.key}.current`) === '1' ? 1 : 0;
  }

  private copy(n: number): string | null {
    const stored = this.shelf.getItem(`${this.key}.${n}`);
    if (stored === null) return null;
    const text = stored.slice(8);
    return stored.slice(0, 8) === checksum(text) ? text : null;
  }
}
