/** Lets work of several elements take turns: each in a task of its own, so that the page can answer in between. */

let last: Promise<void> = Promise.resolve();

export function turn(): Promise<void> {
  last = last.then(
    () =>
      new Promise((resolve) => {
        setTimeout(resolve);
      }),
  );
  return last;
}
