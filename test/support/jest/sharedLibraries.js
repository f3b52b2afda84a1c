const Module = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const { default: Runtime } = require('jest-runtime');

const LIBRARIES = `${path.sep}node_modules${path.sep}`;
const BUILT = path.resolve(__dirname, '../../../dist') + path.sep;

/** Of the file of tests that runs. */
let runtime;

// n8n-core loads this package with Node's own `require`: each file of tests gets one of its own all the same.
const loadScript = Module._extensions['.js'];
Module._extensions['.js'] = (module, filename) => {
  if (!filename.startsWith(BUILT)) return loadScript(module, filename);
  module.exports = runtime.requireModule(filename);
  delete Module._cache[filename];
};

const scripts = new Map();
/** A module's function. It is compiled once in a process, however many files of tests run in it. */
function compiled(source, filename, parameters) {
  let known = scripts.get(filename);
  if (known?.source !== source) {
    const head = `(function (${parameters.join(', ')}) {`;
    known = { source, script: new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length }) };
    scripts.set(filename, known);
  }
  return known.script.runInThisContext();
}

/**
 * Jest's runtime, where what comes from `node_modules` is loaded once in a process and by Node itself, n8n-core above all. Modules of this
 * project are still loaded for each file of tests, so that no memory of theirs is shared. A mock of a library is what they see, and
 * libraries do not.
 *
 * It needs the environment oneRealm.js: libraries and tests have one `Array` and one `Error`.
 */
module.exports = class SharedLibraries extends Runtime {
  constructor(...args) {
    super(...args);
    runtime = this;
    // Jest's own compiles for a realm, and there is none.
    this.executor.compile = (source, filename) => compiled(source, filename, this.executor.injectedModuleParameters);
  }

  /** Jest would give the copy of `process` in its realm another one. Here it is no copy. */
  installGetBuiltinModule() {}

  requireModule(from, name, options, isActual) {
    const file = name === undefined || this._resolution.isCoreModule(name) ? '' : this._resolution.resolveCjs(from, name);
    if (file.includes(LIBRARIES)) return require.cache[file]?.exports ?? this._environment.keeping(() => require(file));
    return super.requireModule(from, name, options, isActual);
  }
};
