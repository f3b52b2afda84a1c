import { generate } from 'selfsigned';

/** A key and the certificate that clients have to trust, both PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** Makes a certificate for loopback names and `host`, new at every start so that no private key is ever stored. */
export async function makeCertificate(host: string): Promise<ServerCertificate> {
  const made = await generate([{ name: 'commonName', value: 'Adobe Campaign simulator' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
          ...(/^[\d.]+$/.test(host) ? [{ type: 7 as const, ip: host }] : [{ type: 2 as const, value: host }]),
        ],
      },
    ],
  });
  return { key: made.private, certificate: made.cert };
}
