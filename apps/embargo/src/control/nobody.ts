/** For a terminal user whom the policy does not list: every list is empty for them, and every command is refused. */
export const belongsToNobody = (osUser: string): string =>
  `The user ${osUser} belongs to nobody in \`people\`; add \`osUser: ${osUser}\` to a person of the policy, and restart.`
