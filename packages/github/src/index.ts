export { createGitHub } from './advisory-host.ts'
export type { GitHubAccess, GitHubLogin } from './client.ts'
