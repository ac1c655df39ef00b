import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { output, temporaryFolder } from './programs.ts'

export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

/** A certificate authority for the test, and the certificates that it has signed. */
export type Certificates = CertificateFiles &
  Disposable & {
    readonly authority: string
    readonly authorityFile: string
    readonly expired: CertificateFiles
    readonly ofAnotherName: CertificateFiles
    readonly selfSigned: CertificateFiles
  }

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
const DAYS = ['-days', '2']

export async function makeCertificates(): Promise<Certificates> {
  const folder = temporaryFolder('tls')
  const at = (name: string): string => join(folder.path, name)
  const openssl = async (...args: string[]): Promise<Buffer> => output(['openssl', ...args])
  const selfSigned = async (name: string, subject: string): Promise<CertificateFiles> => {
    const files = { certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) }
    const out = ['-keyout', files.keyFile, '-out', files.certFile]
    const names = subject === 'localhost' ? ['-addext', 'subjectAltName=DNS:localhost'] : []
    await openssl('req', '-x509', ...CURVE, ...DAYS, ...names, '-subj', `/CN=${subject}`, ...out)
    return files
  }
  const authority = await selfSigned('ca', 'Lantern test authority')
  const signed = async (name: string, host: string, validity = DAYS): Promise<CertificateFiles> => {
    const files = { certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) }
    await openssl('req', ...CURVE, '-subj', `/CN=${host}`, '-keyout', files.keyFile, '-out', at(`${name}.csr`))
    writeFileSync(at(`${name}.ext`), `subjectAltName = DNS:${host}\n`)
    const by = ['-CA', authority.certFile, '-CAkey', authority.keyFile, '-extfile', at(`${name}.ext`)]
    await openssl('x509', '-req', ...validity, '-in', at(`${name}.csr`), ...by, '-out', files.certFile)
    return files
  }
  return {
    ...(await signed('good', 'localhost')),
    authority: readFileSync(authority.certFile, 'utf8'),
    authorityFile: authority.certFile,
    expired: await signed('expired', 'localhost', ['-not_before', '20200101000000Z', '-not_after', '20200201000000Z']),
    ofAnotherName: await signed('other', 'mail.other.example'),
    selfSigned: await selfSigned('self', 'localhost'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
