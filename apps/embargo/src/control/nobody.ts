/** Why a terminal user whom the policy does not list sees empty lists and refused commands. */
export const belongsToNobody = (osUser: string): string =>
  `The user ${osUser} belongs to nobody in \`people\`; add \`osUser: ${osUser}\` to a person of the policy, and restart.`
