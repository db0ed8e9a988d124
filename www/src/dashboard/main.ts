import '../elements/define.js';
import { FlowApp } from './app.js';

customElements.define('flow-app', FlowApp);
