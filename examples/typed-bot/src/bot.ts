/** bot: one cluster: a discord.js client with several shards. */
import { type ChatInputCommandInteraction, Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { ClusterClient } from 'shardlift';
import type { Bot } from './command.ts';
import { commands } from './commands/index.ts';
import { Languages } from './languages.ts';

const client = new Client({ intents: [GatewayIntentBits.Guilds] });
// The handlers are for `node dist/bot.js`, without a manager; with one they are the manager's business.
const cluster = new ClusterClient(client, { handlers: './cluster-handlers.js' });
const bot: Bot = { cluster, languages: new Languages(cluster) };

async function answer(interaction: ChatInputCommandInteraction): Promise<void> {
  const command = commands.get(interaction.commandName);
  if (command === undefined) return;
  try {
    await interaction.reply(await command.execute(interaction, bot));
  } catch (error) {
    console.error(`/${interaction.commandName} failed:`, error);
    if (interaction.replied) return;
    await interaction.reply({ content: 'That did not work. Try again later.', flags: MessageFlags.Ephemeral });
  }
}

client.on(Events.InteractionCreate, (interaction) => {
  // What Discord refuses is told, and is no reason to stop.
  if (interaction.isChatInputCommand()) answer(interaction).catch(console.error);
});

client.once(Events.ClientReady, ({ application }) => {
  // Commands belong to the whole bot: one cluster is enough to register them.
  if (!cluster.isPrimary) return;
  const registered = application.commands.set([...commands.values()].map(({ data }) => data));
  // Discord still has those of the last start: a bot that answers them is better than none.
  registered.catch((error) => console.error('The commands were not registered:', error));
});

await client.login();
