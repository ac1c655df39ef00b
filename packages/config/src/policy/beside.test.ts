import { describe, expect, it } from 'vitest'
import { placeOf } from '../problems/problem.ts'
import { readPolicy } from './read-policy.ts'

const calendarOf = (...events: readonly string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((one) => ['BEGIN:VEVENT', one, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n')

const read = (policy: string, files: Readonly<Record<string, string>>) =>
  readPolicy('/srv/embargo.policy.yaml', policy, { osUser: 'ana', readFile: (path) => files[path] })

const holidays = (file: string): readonly string[] => {
  const reading = read('calendar: { holidaysFrom: [days.ics] }', { '/srv/days.ics': file })
  return reading.ok
    ? reading.policy.calendar.holidays
    : reading.problems.map((one) => `${placeOf(one)} ${one.found ?? '-'} | ${one.because}`)
}

describe('holidays from an iCalendar file', () => {
  it.each([
    ['one day', 'DTSTART;VALUE=DATE:20261225', ['2026-12-25']],
    ['several', 'DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227', ['2026-12-24', '2026-12-25', '2026-12-26']],
    ['a folded line', 'DTSTART;VAL\r\n UE=DATE:2026\r\n\t1225', ['2026-12-25']],
    ['a cancelled one', 'DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED', []],
    ['an alarm within', 'DTSTART;VALUE=DATE:20261225\r\nBEGIN:VALARM\r\nDTSTART:1\r\nEND:VALARM', ['2026-12-25']],
    [
      'the same date every year, three times',
      'DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;COUNT=3',
      ['2026-12-25', '2027-12-25', '2028-12-25'],
    ],
    [
      'the fourth Thursday of November',
      'DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20281231',
      ['2026-11-26', '2027-11-25', '2028-11-23'],
    ],
    [
      'the last Monday of May, but one',
      'DTSTART;VALUE=DATE:20260525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3\r\nEXDATE;VALUE=DATE:20270531',
      ['2026-05-25', '2028-05-29'],
    ],
    [
      '29 February, where there is one',
      'DTSTART;VALUE=DATE:20280229\r\nRRULE:FREQ=YEARLY;UNTIL=20330101',
      ['2028-02-29', '2032-02-29'],
    ],
    [
      'what is on other dates too, and not on one of them',
      'DTSTART;VALUE=DATE:20260406\r\nRDATE;VALUE=DATE:20270329,20280417\r\nRDATE;VALUE=DATE:20290402\r\nEXDATE;VALUE=DATE:20280417',
      ['2026-04-06', '2027-03-29', '2029-04-02'],
    ],
    [
      'other dates beside a rule, each as long',
      'DTSTART;VALUE=DATE:20261224\r\nDURATION:P2D\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nRDATE;VALUE=DATE:20270101',
      ['2026-12-24', '2026-12-25', '2027-01-01', '2027-01-02', '2027-12-24', '2027-12-25'],
    ],
    ['a duration', 'DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D', ['2026-12-24', '2026-12-25', '2026-12-26']],
    [
      'a week',
      'DTSTART;VALUE=DATE:20261228\r\nDURATION:P1W',
      ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'],
    ],
  ])('reads %s', (_name, event, expected) => {
    expect(holidays(calendarOf(event))).toEqual(expected)
  })

  it('adds them to the days that are written, each once', () => {
    const files = { '/srv/days.ics': calendarOf('DTSTART;VALUE=DATE:20261225') }
    const reading = read('calendar: { holidays: [2026-12-25, 2026-01-01], holidaysFrom: [days.ics] }', files)
    expect(reading).toMatchObject({ ok: true, policy: { calendar: { holidays: ['2026-01-01', '2026-12-25'] } } })
  })

  it('gives a project its own', () => {
    const files = { '/srv/a.ics': calendarOf('DTSTART;VALUE=DATE:20261225') }
    const reading = read(
      `projects: [{ id: p, name: P, address: s@p.example, policy: { calendar: { holidaysFrom: [a.ics] } } }]`,
      files,
    )
    expect(reading).toMatchObject({
      ok: true,
      policy: { calendar: { holidays: [] }, projects: [{ policy: { calendar: { holidays: ['2026-12-25'] } } }] },
    })
  })

  it('gives a severity its own, and a severity of a project, beside the days that hold there otherwise', () => {
    const files = {
      '/srv/a.ics': calendarOf('DTSTART;VALUE=DATE:20261225'),
      '/srv/b.ics': calendarOf('DTSTART;VALUE=DATE:20261226'),
    }
    const reading = read(
      `calendar: { holidays: [2026-01-01] }
severities: { critical: { calendar: { holidaysFrom: [a.ics] } }, low: { calendar: { holidays: [2026-05-01] } } }
projects:
  - { id: p, name: P, address: s@p.example, policy: { severities: { critical: { calendar: { holidaysFrom: [b.ics] } } } } }
`,
      files,
    )
    expect(reading).toMatchObject({
      ok: true,
      policy: {
        calendar: { holidays: ['2026-01-01'] },
        severities: {
          critical: { calendar: { holidays: ['2026-01-01', '2026-12-25'] } },
          low: { calendar: { holidays: ['2026-05-01'] } },
        },
        projects: [
          {
            policy: {
              severities: { critical: { calendar: { holidays: ['2026-01-01', '2026-12-25', '2026-12-26'] } } },
            },
          },
        ],
      },
    })
  })

  it.each([
    ['severities: { critical: { calendar: { holidaysFrom: [gone.ics] } } }', '1:54'],
    [
      'projects: [{ id: p, name: P, address: s@p.example, policy: { severities: { low: { calendar: { holidaysFrom: [gone.ics] } } } } }]',
      '1:110',
    ],
  ])('says where one is named that is not there: %s', (written, place) => {
    const reading = read(written, {})
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      `/srv/embargo.policy.yaml:${place} There is no file /srv/gone.ics.`,
    ])
  })

  it.each([
    ['a time of day', 'DTSTART:20261225T090000Z', /days\.ics:4:1 20261225T090000Z \| A holiday is a whole day/],
    ['a date that no year has', 'DTSTART;VALUE=DATE:20260231', /days\.ics:4:1 20260231 \| A holiday is a whole day/],
    ['an end before its start', 'DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225', /days\.ics:5:1 20261225/],
    ['no start', 'SUMMARY:Feast', /days\.ics:3:1 - \| This event has no start/],
    ['a whole quarter', 'DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260401', /lasts 90 days/],
    [
      'a weekly rule',
      'DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=WEEKLY',
      /days\.ics:5:1 FREQ=WEEKLY \| This repetition/,
    ],
    [
      'other times of day',
      'DTSTART;VALUE=DATE:20260102\r\nRDATE:20270102T090000Z',
      /days\.ics:5:1 20270102T090000Z \| A holiday is a whole day/,
    ],
    [
      'a time of day that is left out',
      'DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY\r\nEXDATE:20270102T090000Z',
      /days\.ics:6:1 20270102T090000Z \| A holiday is a whole day/,
    ],
    [
      'a duration of hours',
      'DTSTART;VALUE=DATE:20260102\r\nDURATION:PT36H',
      /days\.ics:5:1 PT36H \| A holiday is a whole/,
    ],
    [
      'a duration beside an end',
      'DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260103\r\nDURATION:P3D',
      /days\.ics:6:1 P3D \| This event has an end already/,
    ],
    ['a duration of a quarter', 'DTSTART;VALUE=DATE:20260102\r\nDURATION:P13W', /lasts 91 days/],
    [
      'one of a row that was moved',
      'RECURRENCE-ID;VALUE=DATE:20270102\r\nDTSTART;VALUE=DATE:20270103',
      /days\.ics:4:1 20270102 \| This moves one day of another event/,
    ],
    [
      'a second rule',
      'DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY\r\nRRULE:FREQ=YEARLY;BYMONTH=5',
      /days\.ics:6:1 FREQ=YEARLY;BYMONTH=5 \| This repetition/,
    ],
    [
      'a weekday of the whole year',
      'DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYDAY=4TH',
      /days\.ics:5:1 FREQ=YEARLY;BYDAY=4TH \| This repetition/,
    ],
    [
      'a date of every month',
      'DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=25',
      /days\.ics:5:1 FREQ=YEARLY;BYMONTHDAY=25 \| This repetition/,
    ],
    ['a rule of the moon', 'DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY;BYEASTER=1', /This repetition/],
  ])('refuses %s, with its line', (_name, event, expected) => {
    expect(holidays(calendarOf(event))).toEqual([expect.stringMatching(expected)])
  })

  it('refuses what is no calendar, and what is not there', () => {
    expect(holidays('hello')).toEqual([expect.stringMatching(/days\.ics:1:1 .*does not begin with BEGIN:VCALENDAR/)])
    const reading = read('calendar: { holidaysFrom: [gone.ics] }', {})
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/embargo.policy.yaml:1:28 There is no file /srv/gone.ics.',
    ])
  })
})

describe('letters from a folder', () => {
  it('are those of the policy, where none is written there', () => {
    const files = { '/srv/letters/receipt.txt': 'Got {{case}}.\n', '/srv/letters/thanks.txt': 'From the file.\n' }
    const reading = read('templatesFrom: letters\ntemplates: { thanks: From the policy. }\n', files)
    expect(reading).toMatchObject({
      ok: true,
      policy: { templates: { receipt: 'Got {{case}}.\n', thanks: 'From the policy.' } },
    })
  })

  it('are checked as those that are written', () => {
    const reading = read('templatesFrom: letters\n', { '/srv/letters/receipt.txt': 'Hello,\ngot {{cas}}.\n' })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.instead}`)).toEqual([
      expect.stringContaining('/srv/letters/receipt.txt:2:5 Did you mean {{case}}?'),
    ])
  })

  it('are missed where they do not say what they are about', () => {
    const reading = read('templatesFrom: letters\n', {
      '/srv/letters/question.txt': 'Please answer by {{answerBy}}.\n',
    })
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/letters/question.txt:1:1 The letter question does not say {{question}}, and that is what it is about.',
    ])
  })

  it('are missed where there is none', () => {
    const reading = read('templatesFrom: letters\n', {})
    expect(reading.ok ? [] : reading.problems.map((one) => `${placeOf(one)} ${one.because}`)).toEqual([
      '/srv/embargo.policy.yaml:1:16 There is no letter in this folder.',
    ])
  })
})
