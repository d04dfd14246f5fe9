// Hosts as referrers are named, and words that people write into utm_source. `*.` stands for any host below a domain.
const search = `
  google.com scholar.google.com lens.google.com news.google.com bing.com duckduckgo.com yahoo.com yahoo.co.jp yandex.ru
  baidu.com so.com sogou.com sm.cn naver.com daum.net seznam.cz ecosia.org qwant.com startpage.com *.startpage.com
  kagi.com brave.com mojeek.com metager.org metager.de swisscows.com presearch.com presearch.io stract.com yep.com
  leta.mullvad.net marginalia-search.com marginalia.nu lilo.org coccoc.com petalsearch.com rambler.ru ask.com aol.com
  dogpile.com lycos.com info.com gibiru.com go.mail.ru karmasearch.org entireweb.com searx.be priv.au
  google bing duckduckgo yahoo yandex baidu ecosia kagi`;

const social = `
  facebook.com *.facebook.com fb.com fb.me messenger.com instagram.com *.instagram.com threads.com *.threads.net x.com
  twitter.com *.twitter.com t.co linkedin.com *.linkedin.com lnkd.in pinterest.com *.pinterest.com pin.it tiktok.com
  *.tiktok.com youtube.com *.youtube.com youtu.be snapchat.com *.snapchat.com vk.com *.vk.com ok.ru weibo.com weibo.cn
  *.weibo.com *.weibo.cn xiaohongshu.com bilibili.com tumblr.com *.tumblr.com xing.com nextdoor.com flickr.com vimeo.com
  twitch.tv *.social bsky.app mastodon.online mastodon.world mstdn.jp mstdn.social mas.to fosstodon.org hachyderm.io
  infosec.exchange techhub.social troet.cafe norden.social pixelfed.social gab.com truthsocial.com minds.com
  whatsapp.com *.whatsapp.com telegram.org telegram.me t.me line.me signal.org discord.com discord.gg discordapp.com
  slack.com *.slack.com teams.microsoft.com teams.live.com teams.cloud.microsoft web.skype.com viber.com kakao.com
  facebook fb messenger instagram ig threads twitter linkedin pinterest tiktok youtube snapchat mastodon fediverse
  bluesky bsky tumblr whatsapp telegram signal discord slack social`;

const ai = `
  chatgpt.com chat.openai.com labs.openai.com openai.com claude.ai perplexity.ai *.perplexity.ai gemini.google.com
  bard.google.com notebooklm.google.com copilot.microsoft.com copilot.com copilot.cloud.microsoft m365.cloud.microsoft
  chat.mistral.ai chat.deepseek.com deepseek.com grok.com x.ai meta.ai you.com poe.com phind.com duck.ai kimi.com
  kimi.moonshot.cn doubao.com chat.qwen.ai qwen.ai chatglm.cn chat.z.ai yiyan.baidu.com ernie.baidu.com chat.baidu.com
  yuanbao.tencent.com iask.ai andisearch.com felo.ai genspark.ai liner.com consensus.app character.ai pi.ai
  lumo.proton.me com.openai.chatgpt com.anthropic.claude ai.perplexity.app.android com.google.android.apps.bard
  com.microsoft.copilot com.deepseek.chat ai.x.grok
  chatgpt openai claude perplexity gemini copilot mistral deepseek grok`;

const community = `
  news.ycombinator.com hn.algolia.com hckrnews.com hackerweb.app reddit.com *.reddit.com lobste.rs stackoverflow.com
  *.stackoverflow.com *.stackexchange.com superuser.com serverfault.com askubuntu.com mathoverflow.net github.com
  gist.github.com gitlab.com codeberg.org dev.to lemmy.world lemmy.ml lemm.ee programming.dev kbin.social beehaw.org
  tildes.net slashdot.org *.slashdot.org quora.com *.quora.com producthunt.com indiehackers.com metafilter.com digg.com
  fark.com hacker-news.news echojs.com designernews.co zhihu.com *.zhihu.com v2ex.com douban.com qiita.com zenn.dev
  b.hatena.ne.jp habr.com pikabu.ru wykop.pl meneame.net alternativeto.net saidit.net daily.dev app.daily.dev
  hackernews hacker-news hacker_news hn ycombinator reddit lobsters lobste stackoverflow stack-overflow github
  producthunt product-hunt slashdot quora lemmy`;

const mail = `
  outlook.com outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft fastmail.com
  *.fastmail.com gmx.net *.gmx.net gmx.com *.gmx.com web.de *.web.de mail.ru *.mail.ru mail.proton.me hey.com *.hey.com
  tuta.com *.tuta.com icloud.com posteo.de mailbox.org *.mailbox.org deref-gmx.net deref-web.de
  com.google.android.gm com.microsoft.office.outlook com.yahoo.mobile.client.android.mail ch.protonmail.android
  com.fsck.k9 net.thunderbird.android
  newsletter news-letter email e-mail mail mailchimp mailerlite sendgrid brevo buttondown substack convertkit kit beehiiv
  ghost klaviyo gmail outlook`;

/** The names that tell the channel of a visit, separated by spaces. */
export const namesOfChannels = { search, social, ai, community, mail };

/** The channel of hosts that begin with a label: `mail.example.com`. */
export const labelsOfChannels = {
  search: 'search',
  social: 'mastodon mstdn',
  ai: '',
  community: 'forum forums community discourse lemmy',
  mail: 'mail webmail email',
};

/** The values of utm_medium that name a channel. Any other is a campaign's, such as `cpc` or `banner`. */
export const mediumsOfChannels = {
  search: '',
  social: 'social social-media social_media social-network social_network sm organic-social organic_social',
  ai: 'ai ai-assistant llm chatbot',
  community: 'forum forums community',
  mail: 'email e-mail e_mail mail newsletter newsletters news-letter',
};

/** The values of utm_medium that leave it to the source. */
export const plainMediums = 'referral organic link links web website post none (none)';
