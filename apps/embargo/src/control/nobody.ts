/** Why a terminal user whom the policy does not list sees empty lists and refused commands. */
export const belongsToNobody = (osUser: string): string =>
  `Nobody in the policy’s \`people\` has the user name ${osUser}; add \`osUser: ${osUser}\` to a person there, and restart.`
