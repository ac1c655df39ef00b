import { done } from './answer.ts'
import type { Handler } from './call.ts'

/** https://docs.slack.dev/reference/methods/auth.test */
export const authTest: Handler = ({ workspace: { team, app, enterprise, orgInstall } }) =>
  done({
    url: `https://${team.domain}.slack.example/`,
    team: team.name,
    team_id: team.id,
    user: app.name,
    user_id: app.userId,
    bot_id: app.botId,
    ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id }),
    is_enterprise_install: orgInstall,
  })
