import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Log } from '@embargo/engine'
import { MailBridgeError } from './errors.ts'

/** PEM files: the certificate with its chain, and its key. */
export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

export type Certificate = { readonly cert: string; readonly key: string }

export type KeptCertificate = {
  readonly first: Certificate
  /** The certificate, if its files changed since the last read. An unusable one is ignored, and the last good one stays. */
  renewed(): Promise<Certificate | undefined>
}

/** @throws MailBridgeError `bad-certificate` */
export async function keepCertificate(files: CertificateFiles, log: Log): Promise<KeptCertificate> {
  const first = await read(files).then(usable)
  let seen = first
  let failing = false
  return {
    first,
    async renewed() {
      try {
        const now = await read(files)
        if (now.cert === seen.cert && now.key === seen.key) return undefined
        seen = usable(now)
        failing = false
        log.info('the certificate of the mail listener was renewed')
        return seen
      } catch (error) {
        // A renewal writes one file after the other: the next connection looks again.
        if (!failing && error instanceof MailBridgeError) log.error(error.message)
        failing = true
        return undefined
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
    throw bad('The two files are no PEM certificate and its key.', cause)
  }
}

const bad = (reason: string, cause: unknown): MailBridgeError =>
  new MailBridgeError(
    'bad-certificate',
    `The certificate of the mail listener cannot be used. ${reason} Look at EMBARGO_SMTP_CERT_FILE and EMBARGO_SMTP_KEY_FILE.`,
    { cause },
  )
