/** Jest's resolver in an n8n that does not have undici within reach of packages; n8n itself has it. */
const path = require('node:path');

const built = path.resolve(__dirname, '../../dist') + path.sep;

module.exports = (request, options) => {
  if (request === 'undici' && `${options.basedir}${path.sep}`.startsWith(built)) {
    throw Object.assign(new Error("Cannot find module 'undici'"), { code: 'MODULE_NOT_FOUND' });
  }
  return options.defaultResolver(request, options);
};
