import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { output, temporaryFolder } from './programs.ts'

/** A certificate authority of our own, and a certificate for `localhost` by it. */
export type Certificates = Disposable & {
  readonly authority: string
  readonly authorityFile: string
  readonly certFile: string
  readonly keyFile: string
}

export async function makeCertificates(): Promise<Certificates> {
  const folder = temporaryFolder('tls')
  const at = (name: string): string => join(folder.path, name)
  const make = async (...args: string[]): Promise<Buffer> => output(['openssl', ...args])
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  await make(
    'req',
    '-x509',
    ...curve,
    '-subj',
    '/CN=Lantern test authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  )
  await make('req', ...curve.slice(0, -2), '-subj', '/CN=localhost', '-keyout', at('key.pem'), '-out', at('request'))
  writeFileSync(at('names'), 'subjectAltName = DNS:localhost\n')
  await make(
    'x509',
    '-req',
    '-days',
    '2',
    '-in',
    at('request'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-extfile',
    at('names'),
    '-out',
    at('cert.pem'),
  )
  return {
    authority: readFileSync(at('ca.pem'), 'utf8'),
    authorityFile: at('ca.pem'),
    certFile: at('cert.pem'),
    keyFile: at('key.pem'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
