import type { PolicySource } from '@embargo/core'
import { PROFILES } from '@embargo/core'

/** The default platform. The profiles do not set it. */
export const PLATFORMS_BY_DEFAULT: PolicySource['platforms'] = ['terminal']

/**
 * The policy that applies if there is no policy file. It has the profile `solo`, one project and one person: the OS
 * user, who works in the terminal. The addresses are under .localhost (RFC 6761), so mail of a trial reaches nobody.
 */
export function defaultPolicy(osUser: string): PolicySource {
  return {
    ...PROFILES.solo,
    projects: [
      {
        id: 'project',
        name: 'Sample project',
        prefix: 'SEC',
        address: 'security@embargo.localhost',
        announce: 'announce@embargo.localhost',
      },
    ],
    people: [{ id: osUser, name: osUser, roles: ['admin', 'team'], osUser }],
    platforms: PLATFORMS_BY_DEFAULT,
  }
}
