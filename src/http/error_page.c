/* error_page: see error_page.h. Only constants enter the markup. */
#include "http/error_page.h"

#include "http/assets.h"

struct words {
    const char *title, *advice;
};

static const struct error_text {
    int code;
    struct words de, en;
} texts[] = {
    { 400,
      { "Diese Anfrage ist nicht lesbar",
        "Es wurde nichts gespeichert. Gehen Sie zurück und versuchen Sie es noch einmal." },
      { "This request cannot be read", "Nothing was saved. Please go back and try again." } },
    { 404,
      { "Diese Seite gibt es nicht", "Prüfen Sie die Adresse oder beginnen Sie auf der Startseite." },
      { "There is no such page", "Check the address or begin at the start page." } },
    { 405,
      { "So lässt sich diese Adresse nicht aufrufen", "Beginnen Sie auf der Startseite." },
      { "This address cannot be used in this way", "Please begin at the start page." } },
    { 408,
      { "Die Übertragung hat zu lange gedauert",
        "Es wurde nichts gespeichert. Prüfen Sie Ihre Verbindung, gehen Sie zurück und senden Sie noch einmal." },
      { "Sending took too long", "Nothing was saved. Check your connection, go back and send again." } },
    { 413,
      { "Das ist zu viel auf einmal",
        "Es wurde nichts gespeichert. Gehen Sie zurück, kürzen Sie Ihren Text und senden Sie noch einmal." },
      { "This is too much at once", "Nothing was saved. Go back, shorten your text and send again." } },
    { 414,
      { "Die Adresse ist zu lang", "Öffnen Sie die Startseite und gehen Sie von dort weiter." },
      { "The address is too long", "Open the start page and go on from there." } },
    { 415,
      { "Diese Art von Daten nimmt Lotse nicht an", "Es wurde nichts gespeichert. Senden Sie ein Formular." },
      { "Lotse does not take this kind of data", "Nothing was saved. Please send a form." } },
    { 421,
      { "Unter diesem Namen ist Lotse hier nicht zu Hause",
        "Verwenden Sie die Adresse, die Ihre Verwaltung bekannt gegeben hat. Für den Betrieb: Die Einstellung "
        "public_url nennt den gültigen Namen." },
      { "Lotse does not live here under this name",
        "Use the address that your administration has made known. For operators: the setting public_url gives the "
        "valid name." } },
    { 431,
      { "Ihr Browser sendet zu viele Angaben mit",
        "Löschen Sie die Cookies dieser Adresse und versuchen Sie es noch einmal." },
      { "Your browser sends too much along", "Delete the cookies of this address and try again." } },
    { 500,
      { "Hier ist uns ein Fehler passiert",
        "Versuchen Sie es noch einmal. Bleibt der Fehler, melden Sie ihn mit Uhrzeit dem Support." },
      { "We made a mistake here", "Please try again. If it happens again, report it with the time to support." } },
    { 503,
      { "Lotse ist gerade nicht bereit",
        "Ihre Anfrage wurde nicht bearbeitet. Warten Sie einige Sekunden und laden Sie die Seite neu." },
      { "Lotse is not ready at the moment",
        "Your request was not carried out. Wait a few seconds and load the page again." } },
};

static const struct error_text *text_of(int code)
{
    int known = code < 500 ? 400 : 500;
    const struct error_text *fallback = &texts[0];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].code == code)
            return &texts[i];
        if (texts[i].code == known)
            fallback = &texts[i];
    }
    return fallback;
}

static struct str style_link(struct arena *arena)
{
    struct str url = assets_url(NULL, STR("lotse.css"));
    return url.len ? str_format(arena, "<link rel=\"stylesheet\" href=\"%.*s\">", STR_ARG(url)) : STR("");
}

void error_page_fill(struct reply *reply, int code)
{
    const struct error_text *text = text_of(code);
    struct str link = style_link(reply->arena);
    reply->code = code;
    reply->type = STR("text/html; charset=utf-8");
    reply->body = str_format(reply->arena,
                             "<!doctype html>\n<html lang=\"de-CH\">\n<head><meta charset=\"utf-8\">"
                             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                             "<title>%s · Lotse</title>%.*s</head>\n<body>\n<main>\n<h1>%s</h1>\n<p>%s</p>\n"
                             "<div lang=\"en\"><h2>%s</h2>\n<p>%s</p></div>\n"
                             "<p><a href=\"/\">Startseite · <span lang=\"en\">Start page</span></a></p>\n"
                             "</main>\n</body>\n</html>\n",
                             text->de.title, STR_ARG(link), text->de.title, text->de.advice, text->en.title,
                             text->en.advice);
    if (code == 503)
        reply_header(reply, "Retry-After", STR("5"));
}
