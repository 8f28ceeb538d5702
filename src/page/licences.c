/* licences: see licences.h. The build writes the list ("components.tsv": name, version, licence, address). */
#include "page/licences.h"

#include "base/embed.h"
#include "base/version.h"

void licences_put(struct doc_node *data)
{
    struct str rest = embed_bytes("components.tsv");
    doc_put_text(data, "version", STR(LOTSE_VERSION));
    struct doc_node *list = doc_put_list(data, "components");
    while (rest.len) {
        struct str line = str_cut(&rest, '\n');
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "name", str_cut(&line, '\t'));
        doc_put_text(row, "version", str_cut(&line, '\t'));
        doc_put_text(row, "licence", str_cut(&line, '\t'));
        doc_put_url(row, "url", line);
    }
}
