import lit from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

const htmlSinks = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'parseHTMLUnsafe', 'srcdoc'];

/** Folders may import from those to their left only: engine -> charts -> elements -> dashboard. */
const layers = ['engine', 'charts', 'elements', 'dashboard'];
const boundaries = layers.map((layer, rank) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: layers.slice(rank + 1).map((above) => ({
          group: [`**/${above}/*`, `**/${above}/**`],
          message: `src/${layer} must not know src/${above}: engine -> charts -> elements -> dashboard.`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'pkg/', 'node_modules/', 'test-results/'] },
  ...tseslint.configs.strict,
  lit.configs['flat/recommended'],
  {
    rules: {
      'no-restricted-properties': [
        'error',
        ...htmlSinks.map((property) => ({ property, message: 'Ticket text is hostile: use textContent or Lit bindings.' })),
        { object: 'document', property: 'write', message: 'Ticket text is hostile: use textContent or Lit bindings.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'lit/directives/unsafe-html.js', message: 'Ticket text is hostile.' }] },
      ],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: 'error',
    },
  },
  ...boundaries,
);
