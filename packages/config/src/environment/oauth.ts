import { isLoopback } from '@embargo/core'
import { z } from 'zod'
import type { MailLogin, OAuthGrant } from '../config.ts'
import { Secret } from '../secrets/secret.ts'
import { readSecretFile } from './secret-file.ts'
import type { SecretFiles, SecretFileTrouble } from './secret-file.ts'

/** Secrets are sent to the endpoint, so either the connection is encrypted, or the endpoint is on this machine. */
const Endpoint = z.url().refine((written) => {
  const { protocol, hostname } = new URL(written)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
})

const common = { token_endpoint: Endpoint, scope: z.string().min(1).exactOptional() }
const text = z.string().min(1)

/** The parameters of RFC 6749 and RFC 7523, with their names from these RFCs. */
const File = z.discriminatedUnion('grant_type', [
  z.strictObject({
    ...common,
    grant_type: z.literal('refresh_token'),
    client_id: text,
    client_secret: text.exactOptional(),
    refresh_token: text,
  }),
  z.strictObject({
    ...common,
    grant_type: z.literal('client_credentials'),
    client_id: text,
    client_secret: text,
  }),
  z.strictObject({
    ...common,
    grant_type: z.literal('jwt_bearer'),
    issuer: text,
    subject: text.exactOptional(),
    audience: text.exactOptional(),
    private_key: text,
    key_id: text.exactOptional(),
  }),
])

/** Reads the settings of a login by OAuth 2 from a file. Returns the login, or what is wrong with the file. */
export function oauthLogin(around: SecretFiles, named: string): MailLogin | SecretFileTrouble {
  const file = readSecretFile(around, named)
  if ('because' in file) return file
  const grant = oauthOf(file.text ?? '')
  return grant === undefined
    ? {
        because: 'The file after "oauth" cannot be used.',
        instead: 'docs/operations.md says what the file must contain.',
      }
    : { is: 'oauth', grant, file: file.path }
}

/** How an access token is requested, according to the JSON file; undefined if the file has another form. */
function oauthOf(json: string): Secret<OAuthGrant> | undefined {
  const file = File.safeParse(parsed(json))
  if (!file.success) return undefined
  const { token_endpoint: endpoint, scope } = file.data
  const at = { endpoint, ...(scope !== undefined && { scope }) }
  switch (file.data.grant_type) {
    case 'refresh_token': {
      const { client_id: client, client_secret: clientSecret, refresh_token: refreshToken } = file.data
      return new Secret<OAuthGrant>({
        ...at,
        grant: 'refresh_token',
        client,
        ...(clientSecret !== undefined && { clientSecret }),
        refreshToken,
      })
    }
    case 'client_credentials': {
      const { client_id: client, client_secret: clientSecret } = file.data
      return new Secret<OAuthGrant>({ ...at, grant: 'client_credentials', client, clientSecret })
    }
    case 'jwt_bearer': {
      const { issuer, subject, audience, private_key: privateKey, key_id: keyId } = file.data
      return new Secret<OAuthGrant>({
        ...at,
        grant: 'jwt_bearer',
        issuer,
        ...(subject !== undefined && { subject }),
        ...(audience !== undefined && { audience }),
        privateKey,
        ...(keyId !== undefined && { keyId }),
      })
    }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
