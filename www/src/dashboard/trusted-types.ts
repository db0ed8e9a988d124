/**
 * ECharts' canvas renderer empties its container with `innerHTML = ''`. This policy admits that one string; any other
 * text that reaches an HTML sink is refused. Import it before anything else.
 */

interface Factory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string | null }): unknown;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
factory?.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
