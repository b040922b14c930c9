/** testing/routes/application: the application, its commands everywhere and per guild, its emojis. */

import { textOf } from '../json.ts';
import { type Ask, found, guildOf, param, Refusal, type Route } from './route.ts';

/** The scope the path names; a guild must exist. */
function scopeOf(ask: Ask): string {
  if (param(ask, 'application') !== ask.world.applications.id) throw new Refusal('form');
  return ask.params.guild === undefined ? 'global' : guildOf(ask).id;
}

const describe = ({ world }: Ask) => ({ status: 200, body: world.applications.describe(world.guilds.count) });

/** The same rows for both scopes. */
function commandRoutes(base: string): readonly Route[] {
  return [
    {
      method: 'GET',
      path: base,
      answer: (ask) => ({ status: 200, body: [...ask.world.applications.commands(scopeOf(ask))] }),
    },
    {
      method: 'PUT',
      path: base,
      answer: (ask) => ({ status: 200, body: [...ask.world.applications.replaceAll(scopeOf(ask), ask.list)] }),
    },
    {
      method: 'POST',
      path: base,
      answer: (ask) => {
        if (textOf(ask.body.name) === undefined) throw new Refusal('form');
        const { command, created } = ask.world.applications.register(scopeOf(ask), ask.body);
        return { status: created ? 201 : 200, body: command };
      },
    },
    {
      method: 'GET',
      path: `${base}/:command`,
      answer: (ask) => {
        const command = ask.world.applications.command(scopeOf(ask), param(ask, 'command'));
        return { status: 200, body: found(command, 'command') };
      },
    },
    {
      method: 'PATCH',
      path: `${base}/:command`,
      answer: (ask) => {
        const command = ask.world.applications.change(scopeOf(ask), param(ask, 'command'), ask.body);
        return { status: 200, body: found(command, 'command') };
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:command`,
      answer: (ask) => {
        if (!ask.world.applications.remove(scopeOf(ask), param(ask, 'command'))) throw new Refusal('command');
        return { status: 204 };
      },
    },
  ];
}

/** Routes about the application. @see https://discord.com/developers/docs/interactions/application-commands#endpoints */
export const applicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/applications/@me', answer: describe },
  { method: 'GET', path: '/oauth2/applications/@me', answer: describe },
  {
    method: 'PATCH',
    path: '/applications/@me',
    answer: (ask) => {
      ask.world.applications.redescribe(textOf(ask.body.description) ?? '');
      return describe(ask);
    },
  },
  ...commandRoutes('/applications/:application/commands'),
  ...commandRoutes('/applications/:application/guilds/:guild/commands'),
  {
    method: 'GET',
    path: '/applications/:application/emojis',
    answer: ({ world }) => ({ status: 200, body: { items: world.applications.emojis } }),
  },
];
