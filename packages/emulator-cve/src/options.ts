/** A person of an organization, with the key of the API. */
export type UserSeed = { readonly name: string; readonly key: string; readonly isActive?: boolean }

export type OrganizationSeed = {
  readonly shortName: string
  /** How many reserved ids without a record the organization may have at the same time. */
  readonly quota: number
  readonly users: readonly UserSeed[]
  /** False for an organization that may not assign ids. */
  readonly isCna?: boolean
}

export type CveEmulatorOptions = {
  readonly organizations: readonly OrganizationSeed[]
  /** The service's clock, Unix milliseconds. */
  readonly now?: () => number
  /** Ids on a page of a list; 500 at the real service. */
  readonly pageSize?: number
}
