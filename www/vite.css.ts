import type { Plugin } from 'vite';

/** Takes comments and indentation out of the elements' style sheets, which bundlers leave as they are in templates. */
export function compactCss(): Plugin {
  return {
    name: 'compact-css',
    enforce: 'pre',
    transform(code, id) {
      if (!/src\/elements\/[\w-]+\.ts$/.test(id) || !code.includes('css`')) return null;
      return code.replace(/css`([^`$]*)`/g, (_, sheet: string) => {
        const compact = sheet
          .replace(/\/\*[^]*?\*\//g, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/: /g, ':')
          .replace(/;}/g, '}')
          .trim();
        return `css\`${compact}\``;
      });
    },
  };
}
