/** To a terminal user whom the policy does not list: every list is empty to them, and every command refused. */
export const belongsToNobody = (osUser: string): string =>
  `The user ${osUser} belongs to nobody in \`people\`; add \`osUser: ${osUser}\` to a person of the policy, and restart.`
