import { createSign } from 'node:crypto'

/** Where and with which credentials an access token is requested (RFC 6749). */
export type TokenGrant = {
  /** The token endpoint of the provider. */
  readonly endpoint: string
  readonly scope?: string
} & (
  | {
      readonly grant: 'refresh_token'
      readonly client: string
      /** A public client has no secret. */
      readonly clientSecret?: string
      readonly refreshToken: string
    }
  | { readonly grant: 'client_credentials'; readonly client: string; readonly clientSecret: string }
  | {
      /** We sign an assertion ourselves (RFC 7523), as for a Google service account. */
      readonly grant: 'jwt_bearer'
      readonly issuer: string
      /** The mailbox's user, if the service account acts for that user. */
      readonly subject?: string
      /** Who the assertion is for. Default: the endpoint. */
      readonly audience?: string
      /** PEM, RSA. */
      readonly privateKey: string
      readonly keyId?: string
    }
)

/** The grant type of RFC 7523 section 2.1. */
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** How long an assertion is valid, in seconds. Google accepts at most an hour. */
const ASSERTION_SECONDS = 600

/** The form that is posted to the endpoint (RFC 6749 sections 4.4.2 and 6). @throws if the private key cannot sign */
export function tokenForm(grant: TokenGrant, nowMs: number): URLSearchParams {
  const form = new URLSearchParams()
  switch (grant.grant) {
    case 'refresh_token':
      form.set('grant_type', 'refresh_token')
      form.set('client_id', grant.client)
      if (grant.clientSecret !== undefined) form.set('client_secret', grant.clientSecret)
      form.set('refresh_token', grant.refreshToken)
      break
    case 'client_credentials':
      form.set('grant_type', 'client_credentials')
      form.set('client_id', grant.client)
      form.set('client_secret', grant.clientSecret)
      break
    case 'jwt_bearer':
      form.set('grant_type', JWT_BEARER)
      form.set('assertion', assertion(grant, Math.floor(nowMs / 1000)))
      // The scope is in the assertion, where providers look for it.
      return form
  }
  if (grant.scope !== undefined) form.set('scope', grant.scope)
  return form
}

/** The assertion of RFC 7523 section 3, signed with RS256 (RFC 7518 section 3.3). */
function assertion(grant: Extract<TokenGrant, { grant: 'jwt_bearer' }>, now: number): string {
  const header = { alg: 'RS256', typ: 'JWT', ...(grant.keyId !== undefined && { kid: grant.keyId }) }
  const claims = {
    iss: grant.issuer,
    ...(grant.subject !== undefined && { sub: grant.subject }),
    ...(grant.scope !== undefined && { scope: grant.scope }),
    aud: grant.audience ?? grant.endpoint,
    iat: now,
    exp: now + ASSERTION_SECONDS,
  }
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = createSign('RSA-SHA256').update(signed).sign(grant.privateKey, 'base64url')
  return `${signed}.${signature}`
}
