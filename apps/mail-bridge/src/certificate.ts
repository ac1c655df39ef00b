import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Log } from '@embargo/engine'
import { MailBridgeError } from './errors.ts'

/** PEM files: the certificate with its chain, and its key. */
export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

export type Certificate = { readonly cert: string; readonly key: string }

export type KeptCertificate = {
  /**
   * Returns the certificate that is in the files, as the same object until the files change. If the files are unusable,
   * returns the last good certificate.
   */
  latest(): Promise<Certificate>
}

/** @throws MailBridgeError `bad-certificate` */
export async function keepCertificate(files: CertificateFiles, log: Log): Promise<KeptCertificate> {
  let seen = await read(files).then(usable)
  let failing = false
  return {
    async latest() {
      try {
        const now = await read(files)
        if (now.cert === seen.cert && now.key === seen.key) return seen
        seen = usable(now)
        failing = false
        log.info('the certificate of the mail listener was renewed')
        return seen
      } catch (error) {
        // A renewal writes one file after the other, so for a moment the certificate may not belong to the key. The
        // next connection reads both files again.
        if (!failing && error instanceof MailBridgeError) log.error(error.message)
        failing = true
        return seen
      }
    },
  }
}

async function read({ certFile, keyFile }: CertificateFiles): Promise<Certificate> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
    return { cert, key }
  } catch (cause) {
    throw bad('One of its files cannot be read.', cause)
  }
}

function usable(certificate: Certificate): Certificate {
  try {
    createSecureContext(certificate)
    return certificate
  } catch (cause) {
    throw bad('The two files are not a PEM certificate and its key.', cause)
  }
}

const bad = (reason: string, cause: unknown): MailBridgeError =>
  new MailBridgeError(
    'bad-certificate',
    `The certificate of the mail listener cannot be used. ${reason} Check EMBARGO_SMTP_CERT_FILE and EMBARGO_SMTP_KEY_FILE.`,
    { cause },
  )
