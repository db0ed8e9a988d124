/** Registers the mapping page's element, apart from the others: it is fetched after the first screen stands. */

import { FlowMapping } from './flow-mapping.js';

if (!customElements.get('flow-mapping')) customElements.define('flow-mapping', FlowMapping);
