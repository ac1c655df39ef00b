/** A person's role on a case. */
export type RoleName = 'admin' | 'team' | 'maintainer' | 'releaser' | 'observer'
