/** Jest's resolver in an n8n that lets packages see n8n-workflow and luxon, and nothing that leads to undici. */
const path = require('node:path');

const built = path.resolve(__dirname, '../../../dist') + path.sep;
const VISIBLE = /^(?:[./]|n8n-workflow$|luxon$)/;

module.exports = (request, options) => {
  if (!VISIBLE.test(request) && `${options.basedir}${path.sep}`.startsWith(built)) {
    throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
  }
  return options.defaultResolver(request, options);
};
