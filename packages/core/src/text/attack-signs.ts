/** The words for a proof of concept and for steps to reproduce, in the languages of many reports. */
const PROOF = [
  'poc',
  'proof[- ]of[- ]concept',
  'exploit',
  'payload',
  'repro(?:ducer)?',
  'steps to reproduce',
  'to reproduce',
  'machbarkeitsnachweis',
  'zum reproduzieren',
  'preuve de concept',
  'pour reproduire',
  'prueba de concepto',
  'para reproducir(?:lo)?',
  'prova de conceito',
  'para reproduzir',
].join('|')

const PROGRAMS = 'bash|sh|zsh|python\\d?|perl|ruby|node|php'

/** Reproduction steps, commands, payloads and dumps: anything that helps a reader attack. */
export const ATTACK_SIGNS: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:${PROOF})\b[^.:]{0,30}:`, 'iu'),
  /(?:воспроизвести|воспроизведения|再現|复现|重现|概念验证)[^.:]{0,30}:/iu,
  /^\s*(?:```|~~~)/u,
  /<\/?(?:pre|code|script|iframe|svg|img)\b|<\?php|\bon(?:error|load|click|focus|mouseover)\s*=/iu,
  /^\s*\$\s+[a-z./]/iu,
  /\|\s*(?:sudo\s+)?(?:(?:ba|da|k|z)?sh|python\d?|perl|ruby|node|php)\b/iu,
  /\b(?:curl|wget|ncat|nc|netcat|nmap|sqlmap|bash|sh|zsh|python\d?|perl|ruby|node|php|powershell)\s+["']?(?:-{1,2}[a-z]|https?:\/\/)/iu,
  /\b(?:curl|wget)\s+["']?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=[/:"'\s]|$)/iu,
  /\bn(?:c|cat|etcat)\s+\S+\s+\d{2,5}\b/iu,
  new RegExp(String.raw`\b(?:${PROGRAMS})\s+\S+\.(?:sh|py|pl|rb|js|mjs|php)\b`, 'iu'),
  /(?:\bpoc|\bexploit|_poc|-poc|_exploit|-exploit)\w*\.(?:sh|py|pl|rb|m?js|php|c|go|html?|zip|tar)\b/iu,
  /\/dev\/tcp\/|\brm\s+-[rf]|\bchmod\s+\+/iu,
  /(?:\.\.[/\\]){2}|%2e%2e|%00|(?:\\x[0-9a-f]{2}){3}|\\u0000/iu,
  /\$\{jndi:|\{\{\s*\d+\s*\*\s*\d+\s*\}\}|<!entity|javascript:|data:text\/html/iu,
  /\{\{[^{}]*["'()|][^{}]*\}\}|\{%[^{}]*%\}/u,
  /\b(?:eval|exec|system|popen|passthru|alert)\(\s*["'`$\d]/iu,
  /["']__proto__["']\s*:|\b__proto__[.[]/u,
  /\bunion\s+(?:all\s+)?select\b|['"]\s*or\s+['"]?1['"]?\s*=\s*['"]?1|\bor\s+1\s*=\s*1\b/iu,
  /^\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\/\S*(?:\s+HTTP\/[\d.]+)?\s*$/u,
  /https?:\/\/\S*\b(?:poc|exploit)/iu,
  /\b(?:gist\.github(?:usercontent)?\.com|pastebin\.com|dpaste\.(?:com|org)|hastebin\.com|paste\.debian\.net|termbin\.com|ghostbin\.com|rentry\.co)\//iu,
  /[A-Za-z0-9+/]{100}/u,
  /([A-Za-z0-9])\1{23}/u,
]
