/** Functions that a wrapper sends as the text of their call, as bots of discord.js 12 do. */
import { expect, test } from 'vitest';
import { migrate } from '../src/index.ts';
import { cjsBot, project, read } from './project.ts';

const template = (text: string): string => `\`${text.replace(/<(.*?)>/g, '$' + '{$1}')}\``;

async function rewrite(sent: string, legacy = true) {
  const root = project({
    ...cjsBot,
    'x.js': `module.exports = (client) => {\n  const ask = (fn) => client.shard.broadcastEval(${sent});\n  return ask((bot) => bot.ws.ping);\n};\n`,
  });
  const { sites } = await migrate({ paths: ['.'], cwd: root, legacy });
  const after = read(root);
  return {
    site: sites.find((one) => one.file === 'x.js'),
    text: after['x.js'] ?? '',
    handlers: after['cluster-handlers.js'],
  };
}

test.each([[template('(<fn>)(this)')], [template('( <fn.toString()> )( this );')], ["'(' + fn + ')(this)'"]])(
  '%s is the function',
  async (sent) => {
    const { site, text, handlers } = await rewrite(sent);
    expect(site?.outcome).not.toBe('left');
    expect(text).toContain('client.cluster.ipc.requestAllShards(fn).valuesOrThrow()');
    expect(text).toContain("ask('wsPing')");
    expect(handlers).toContain('wsPing: (bot) => bot.ws.ping,');
  },
);

test.each([
  [template('(<fn>)(this, 1)')],
  [template('(<fn>)(this.user)')],
  [template('[(<fn>)(this)]')],
  [`${template('(<fn>)(this)')}, 0`],
])('%s is not', async (sent) => {
  const { site, text } = await rewrite(sent);
  expect(site).toMatchObject({ outcome: 'left', code: 'DC-D7' });
  expect(text).toContain(sent);
});

test('without --legacy it stays', async () => {
  const sent = template('(<fn>)(this)');
  expect((await rewrite(sent, false)).text).toContain(sent);
});
