import '../elements/define.js';
import '../elements/define-page.js';
import { FlowApp } from './app.js';

customElements.define('flow-app', FlowApp);
