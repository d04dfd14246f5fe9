import { memoized } from '../days/memoized.ts';
import { keyOf } from './name-table.ts';

/** The columns of reports of Google Analytics, in the languages of their owners. */
const names = {
  date: 'Date, Datum, Fecha, Data, 日付',
  hour: 'Date + hour (YYYYMMDDHH), Date hour',
  host: "Hostname, Nom d'hôte, Nombre de host, Nombre del host, Nome host, Nome do host, Nome do anfitrião, Hostnaam",
  page: `Page path and screen class, Page path + query string and screen class, Page path, Page path + query string,
    Page location, Full page URL, Seitenpfad und Bildschirmklasse, Seitenpfad + Abfragestring und Bildschirmklasse,
    Seitenpfad, Seitenpfad + Abfragestring, Chemin de la page et classe de l'écran, Chemin de la page,
    Ruta de página y clase de pantalla, Ruta de la página y clase de pantalla, Ruta de la página, Percorso pagina,
    Percorso pagina e classe schermata, Percorso pagina e classe schermo, Caminho da página e classe da tela,
    Caminho da página e classe de ecrã, Caminho da página, Paginapad en schermklasse, Paginapad`,
  landingPage: `Landing page, Landing page + query string, Landingpage, Landingpage + Abfragestring, Page de destination,
    Página de destino, Pagina di destinazione, Bestemmingspagina, Landingspagina`,
  source: 'Session source, Sitzung – Quelle, Source de la session, Fuente de la sesión, Sorgente sessione, Sessiebron',
  medium: 'Session medium, Sitzung – Medium, Support de la session, Medio de la sesión, Mezzo sessione, Sessiemedium',
  sourceAndMedium: `Session source / medium, Sitzung – Quelle/Medium, Source/Support de la session,
    Fuente/medio de la sesión, Sorgente/mezzo della sessione, Origem / mídia da sessão`,
  campaign:
    'Session campaign, Sitzung – Kampagne, Campagne de la session, Campaña de la sesión, Campagna della sessione',
  country: 'Country, Land, Pays, País, Paese',
  device: `Device category, Gerätekategorie, Catégorie d'appareil, Categoría de dispositivo, Categoria dispositivo,
    Categoria do dispositivo, Apparaatcategorie`,
  browser: 'Browser, Navigateur, Navegador',
  os: `Operating system, Betriebssystem, Système d'exploitation, Sistema operativo, Sistema operacional,
    Besturingssysteem`,
  language: 'Language, Language code, Sprache, Langue, Idioma, Lingua, Taal',
  views: 'Views, Screen views, Aufrufe, Vues, Vistas, Visualizaciones, Visualizzazioni, Visualizações, Weergaven',
  users: `Active users, Total users, Users, Aktive Nutzer, Nutzer insgesamt, Utilisateurs actifs, Total des utilisateurs,
    Nombre total d'utilisateurs, Usuarios activos, Usuarios totales, Total de usuarios, Utenti attivi, Utenti totali,
    Usuários ativos, Utilizadores ativos, Total de usuários, Actieve gebruikers, Totaal aantal gebruikers`,
  sessions: 'Sessions, Sitzungen, Sesiones, Sessioni, Sessões, Sessies',
  engaged: `Engaged sessions, Sitzungen mit Interaktionen, Sitzungen mit Interaktion, Sessions avec engagement,
    Sesiones con interacción, Sessioni con coinvolgimento, Sessões engajadas, Sessões com envolvimento,
    Betrokken sessies`,
} as const;

/** A column of a report, by what it holds. */
export type ReportColumn = keyof typeof names;

const byName = new Map(
  Object.entries(names).flatMap(([column, list]) =>
    list.split(',').map((name) => [keyOf(name), column as ReportColumn] as const),
  ),
);

/** Returns what a column of a report holds, by its title. */
export const reportColumn: (title: string) => ReportColumn | undefined = memoized((title: string) =>
  byName.get(keyOf(title)),
);
