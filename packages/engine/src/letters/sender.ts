import type { LetterMaterial } from '@embargo/letters'

/** What stands in From. */
export const senderOf = ({ policy, project }: LetterMaterial): { readonly name: string; readonly address: string } => ({
  name: policy.profile === 'solo' ? project.name : `${project.name} security team`,
  address: project.address,
})
