/** Files that come to the page by themselves: dropped anywhere on it, or pasted. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { droppedFiles, pastedFiles } from './files.js';

export class FileIntake implements ReactiveController {
  /** Whether something is being dragged over the page. */
  dragging = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly take: (files: File[] | Promise<File[]>) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('dragover', this.dragOver);
    addEventListener('dragleave', this.dragLeave);
    addEventListener('drop', this.drop);
    addEventListener('paste', this.paste);
  }

  hostDisconnected(): void {
    removeEventListener('dragover', this.dragOver);
    removeEventListener('dragleave', this.dragLeave);
    removeEventListener('drop', this.drop);
    removeEventListener('paste', this.paste);
  }

  private drag(dragging: boolean): void {
    if (this.dragging === dragging) return;
    this.dragging = dragging;
    this.host.requestUpdate();
  }

  private readonly dragOver = (event: DragEvent): void => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    this.drag(true);
  };

  private readonly dragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.drag(false);
  };

  private readonly drop = (event: DragEvent): void => {
    event.preventDefault();
    this.drag(false);
    this.take(droppedFiles(event.dataTransfer));
  };

  private readonly paste = (event: ClipboardEvent): void => {
    // Text that goes into a field is no table, also where the field is an element's own.
    if (event.composedPath()[0] instanceof HTMLInputElement) return;
    this.take(pastedFiles(event.clipboardData));
  };
}
