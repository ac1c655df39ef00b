import type { LetterMaterial } from '@embargo/letters'

/** The `From` header. */
export const senderOf = ({ policy, project }: LetterMaterial): { readonly name: string; readonly address: string } => ({
  name: policy.profile === 'solo' ? project.name : `${project.name} security team`,
  address: project.address,
})
