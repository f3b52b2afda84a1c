/** Prints what the built package says of itself, as JSON: to be run where `require` finds the n8n-workflow of one version of n8n. */
const path = require('node:path');

const dist = path.join(__dirname, 'dist');
const { n8n } = require(path.join(__dirname, 'package.json'));

const load = (file, suffix) => {
  const { [path.basename(file, suffix)]: Type } = require(path.join(dist, path.relative('dist', file)));
  return new Type();
};

const nodes = n8n.nodes.map((file) => load(file, '.node.js'));
const credentials = n8n.credentials.map((file) => load(file, '.credentials.js'));
process.stdout.write(
  JSON.stringify({
    nodes: nodes.map((node) => node.description),
    methods: nodes.map(({ methods = {} }) => Object.values(methods).flatMap((group) => Object.keys(group))),
    credentials,
  }),
);
