import { keepRefreshToken } from '@embargo/config'
import type { MailLogin } from '@embargo/config'
import type { Log } from '@embargo/engine'
import { createTokenSource } from '@embargo/mail-bridge'
import type { TokenSource } from '@embargo/mail-bridge'

type OAuthLogin = Extract<MailLogin, { is: 'oauth' }>

/** Returns the source of access tokens for a login. */
export type TokenSources = (login: OAuthLogin) => TokenSource

/**
 * Creates one source of tokens for each file of OAuth 2 settings. A relay and mailboxes with the same file share its
 * source, because two sources would use the same refresh token twice. A new refresh token is written to the file,
 * because after a restart the endpoint may accept only the new token.
 */
export function createTokenSources(log: Pick<Log, 'info' | 'warn'>): TokenSources {
  const sources = new Map<string, TokenSource>()
  return ({ grant, file }) => {
    const source =
      sources.get(file) ??
      createTokenSource(grant.reveal(), {
        onRefreshToken: (token) => {
          try {
            keepRefreshToken(file, token)
            log.info('a new refresh token was written to its file', { file })
          } catch {
            // The cause is not logged, because it may contain the text of the file.
            log.warn(
              'a new refresh token cannot be written to its file: after a restart, somebody may have to log in again; allow the program to write to the file and its folder',
              { file },
            )
          }
        },
      })
    sources.set(file, source)
    return source
  }
}
