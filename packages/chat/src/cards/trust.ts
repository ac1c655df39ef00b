import { shortFingerprint } from '@embargo/core'
import type { EncryptionVerdict, MailChecks, MailTrust, SignatureVerdict } from '@embargo/core'

/** The result of a mail's checks, in one sentence. */
export const TRUST: Readonly<Record<MailTrust, string>> = {
  'signed-by-sender': '✓ Signed by the sender’s own key.',
  'domain-vouches': '✓ Its domain confirms that it sent this. Not signed.',
  'nothing-proven': 'Nothing proves who sent this.',
  failed: '✗ A check failed: treat the sender as unknown.',
}

/** A mail that was taken in before its signature was checked has no `checks`. */
type Checked = { readonly trust: MailTrust; readonly checks?: MailChecks | undefined }

/** A line on the signature and encryption of a mail, if it has any, and a line on its sender. */
export function checksInWords({ trust, checks }: Checked): readonly string[] {
  const spam = checks?.spam === true ? [SPAM] : []
  if (checks === undefined || (checks.signature.is === 'none' && checks.encryption === 'none'))
    return [TRUST[trust], ...spam]
  const protection = `${signatureInWords(checks.signature)} ${ENCRYPTION[checks.encryption]}`.trim()
  return [protection, ...(trust === 'signed-by-sender' ? [] : [TRUST[trust]]), ...spam]
}

const SPAM = 'The mail provider took it for spam.'

const ENCRYPTION: Readonly<Record<EncryptionVerdict, string>> = {
  none: '',
  openpgp: 'Encrypted.',
  's-mime': '✗ Encrypted by S/MIME, which cannot be read here.',
  'no-key': '✗ Encrypted to a key we don’t have.',
  unprotected: '✗ Encrypted without protection against changes, so it stays closed.',
  'too-large': '✗ Encrypted, and too large to be opened.',
  damaged: '✗ Encrypted, and damaged.',
}

function signatureInWords(signature: SignatureVerdict): string {
  switch (signature.is) {
    case 'own-key':
      return `✓ Signed by the sender’s own key (${shortFingerprint(signature.fingerprint)}).`
    case 'same-key':
      return `✓ Signed by the reporter, same key as before (${shortFingerprint(signature.fingerprint)}).`
    case 'first-seen':
      return `Signed in the sender’s name; key not checked (${shortFingerprint(signature.fingerprint)}).`
    case 'changed-key':
      return `⚠ New key (${shortFingerprint(signature.fingerprint)}, before ${shortFingerprint(signature.before)}). Ask them another way.`
    case 'another':
      return `⚠ Signed by somebody else (${shortFingerprint(signature.fingerprint)}).`
    case 'unknown-key':
      return 'Signed with a key we don’t have. Proves nothing.'
    case 'expired-key':
      return '⚠ Signed with a key that expired.'
    case 'revoked-key':
      return '⚠ Signed with a key that was revoked.'
    case 'part':
      return '⚠ Only partly signed; the rest is marked.'
    case 'bad':
      return '✗ Bad signature: altered or forged.'
    case 'weak':
      return '⚠ Signed in a way that can be forged. Proves nothing.'
    case 's-mime':
      return 'Signed by S/MIME, not checked.'
    case 'none':
      return 'Not signed.'
  }
}
