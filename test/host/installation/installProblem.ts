import { hostsFolder } from '../support/paths';
import { HostProblem } from '../support/problem';
import type { NpmFailure } from './npm';

/** Causes that people can put right, each with the traces it leaves in npm's output. The first that fits is named. */
const causes: Array<{ traces: RegExp; message: string }> = [
  {
    traces: /ENOSPC|no space left on device/i,
    message: 'The disk is full: the n8n for this package needs about 5 GB; make room and start again.',
  },
  {
    traces:
      /npm (error|ERR!) code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENETWORK)/,
    message:
      "The npm registry cannot be reached: check the network (and npm's proxy and registry settings) and start again; what has been downloaded is kept.",
  },
  {
    traces: /npm (error|ERR!) code E(401|403|404|NOTARGET|TARGET)/,
    message: "The npm registry does not hand out a package that n8n needs: check npm's registry setting and start again.",
  },
  {
    traces: /npm (error|ERR!) code (EACCES|EPERM|EROFS)/,
    message: `npm may not write where it has to: check who owns ${hostsFolder} and npm's cache folder, and start again.`,
  },
  {
    traces: /npm (error|ERR!) code EINTEGRITY/,
    message: 'A downloaded package is damaged: run "npm cache verify" and start again.',
  },
  {
    traces: /gyp ERR!|node-gyp|make: \*\*\*/,
    message:
      'The database driver sqlite3 could not be compiled: install Python 3, make and a C++ compiler (Debian and Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install) and start again.',
  },
];

/**
 * Says in one sentence why an installation failed and what to do.
 * @param failure what npm ended with
 * @param logPath file with npm's complete output
 */
export function explainInstallFailure(failure: NpmFailure, logPath: string): HostProblem {
  const cause = causes.find(({ traces }) => traces.test(failure.output));
  return new HostProblem(
    cause?.message ?? `npm ${failure.command} failed while installing n8n: see the complete output and start again.`,
    logPath,
  );
}
