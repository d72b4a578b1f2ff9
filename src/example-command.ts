/** By what a definition or a log shows of a program, the command that migrates with tools of its kind. */
const EXAMPLES: readonly (readonly [trace: RegExp, example: string])[] = [
  [
    /\b(?:gunicorn|uvicorn|hypercorn|daphne|granian|uwsgi|waitress|celery|manage\.py|django)/i,
    'python manage.py migrate',
  ],
  [/\b(?:python|flask|fastapi|rq|arq)\b/i, 'alembic upgrade head'],
  [/\b(?:puma|rails|rake|rackup|unicorn|passenger|falcon|sidekiq|ruby)/i, 'bundle exec rails db:migrate'],
  [/\b(?:php|artisan|frankenphp)/i, 'php artisan migrate --force'],
  [
    /\b(?:node|nodejs|nodemon|npm|pnpm|yarn|bun|deno|tsx|pm2|next|nuxt|nest|nestapplication)\b/i,
    'npx prisma migrate deploy',
  ],
  [/\b(?:mix|phx|phoenix|elixir)\b/i, 'mix ecto.migrate'],
  [/\b(?:java|catalina|tomcat|spring)/i, 'flyway migrate'],
]

/**
 * What to do where another program than the migration would run, or ran.
 * @param shown words of the definition, or lines of a log
 */
export function giveCommand(shown: string): string {
  const example = EXAMPLES.find(([trace]) => trace.test(shown))?.[1]
  return `Give the input command: the words that run the migration${example === undefined ? '' : `, such as ${example}`}.`
}
