import { z } from 'zod'
import { loginOf, INSTALLATION_ID } from '../auth.ts'
import { invalid, json, notFound, unauthorized } from '../errors.ts'
import type { AppSeed } from '../options.ts'
import { account, iso, SITE } from '../present/repository.ts'
import { readBody } from '../check/bodies.ts'
import type { Account } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { permitted } from './call.ts'

const Wish = z.strictObject({
  repositories: z.array(z.string()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
})

function asApp(call: Call, answer: (app: AppSeed) => ReturnType<Handler>): ReturnType<Handler> {
  return call.caller.kind === 'app' ? answer(call.caller.app) : unauthorized('A JSON web token could not be decoded')
}

const permissionsOf = ({ permissions }: AppSeed): object => ({ metadata: 'read', ...permissions })

/** https://docs.github.com/rest/apps/apps#get-the-authenticated-app */
export const getApp: Handler = (call) =>
  asApp(call, (app) =>
    json(200, {
      id: app.id,
      slug: app.slug,
      node_id: `A_${app.id}`,
      name: app.slug,
      description: '',
      external_url: 'https://quillmark.example',
      html_url: `${SITE}/apps/${app.slug}`,
      owner: account(call.platform.account(app.installedOn[0]?.split('/')[0] ?? 'nobody', 'Organization')),
      created_at: iso(0),
      updated_at: iso(0),
      permissions: permissionsOf(app),
      events: app.events ?? [],
    }),
  )

const installation = (call: Call, app: AppSeed): object => ({
  id: INSTALLATION_ID,
  account: account(call.platform.account(app.installedOn[0]?.split('/')[0] ?? 'nobody', 'Organization')),
  repository_selection: 'selected',
  app_id: app.id,
  app_slug: app.slug,
  target_type: 'Organization',
  permissions: permissionsOf(app),
  events: app.events ?? [],
  suspended_at: null,
})

/** https://docs.github.com/rest/apps/apps#get-a-repository-installation-for-the-authenticated-app */
export const getInstallation: Handler = (call) =>
  asApp(call, (app) =>
    app.installedOn.includes(`${call.path['owner']}/${call.path['repo']}`)
      ? json(200, installation(call, app))
      : notFound(),
  )

/** https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app */
export const createToken: Handler = (call) =>
  asApp(call, (app) => {
    if (call.path['installation_id'] !== String(INSTALLATION_ID)) return notFound()
    const read = readBody(Wish, call.body)
    if (!read.ok) return invalid(read.mistake, read.field)
    const { repositories, permissions } = read.body
    const issued = call.access.issue(app, { repositories, permissions })
    if (issued === undefined) return invalid('The permissions requested are not granted to this installation.')
    return json(201, {
      token: issued.token,
      expires_at: iso(issued.expiresAt),
      permissions: { metadata: 'read', ...issued.permissions },
      repository_selection: 'selected',
    })
  })

/** An account as the schema `public-user` in GitHub's API description has it. */
const user = (own: Account, at: string): object => ({
  ...account(own),
  ...Object.fromEntries(
    ['name', 'company', 'location', 'email', 'hireable', 'bio', 'twitter_username'].map((key) => [key, null]),
  ),
  ...Object.fromEntries(['public_repos', 'public_gists', 'followers', 'following'].map((key) => [key, 0])),
  blog: '',
  created_at: at,
  updated_at: at,
})

/**
 * https://docs.github.com/rest/users/users#get-the-authenticated-user; classic tokens name their scopes in a header.
 */
export const getUser: Handler = ({ caller, platform }) => {
  if (caller.kind !== 'token') return unauthorized('Requires authentication')
  const { scopes } = caller.token
  return json(
    200,
    user(platform.account(loginOf(caller)), iso(platform.now())),
    scopes === undefined ? {} : { 'x-oauth-scopes': scopes.join(', ') },
  )
}

/** https://docs.github.com/rest/users/users#get-a-user */
export const getUserByName: Handler = ({ platform, path: { username = '' } }) =>
  platform.isClosed(username) ? notFound() : json(200, user(platform.account(username), iso(platform.now())))

/** https://docs.github.com/rest/collaborators/collaborators#list-repository-collaborators: only administrators. */
export const listCollaborators: Handler = (call) => {
  const found = permitted(call, 'metadata', 'read')
  if (!found.ok) return found.reply
  if (call.query.get('permission') !== 'admin') return invalid('The emulator lists administrators only.')
  return json(
    200,
    [...found.value.admins].map((login) => ({
      ...account(call.platform.account(login)),
      permissions: { pull: true, triage: true, push: true, maintain: true, admin: true },
      role_name: 'admin',
    })),
  )
}
