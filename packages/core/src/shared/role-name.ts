/** What a person may be on a case. */
export type RoleName = 'admin' | 'team' | 'maintainer' | 'releaser' | 'observer'
