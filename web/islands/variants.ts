// Variants become tabs: the list of links a tablist, each variant a panel, of which one is shown. Arrow keys go along the
// tabs, Home and End to the first and last; an address that ends in a variant's id, or in the id of something inside it,
// opens it; finding words in the page does so, too (hidden="until-found"). Without JavaScript links and variants stand.
interface Tabs {
    links: HTMLAnchorElement[];
    panels: HTMLElement[];
}

function show(tabs: Tabs, index: number): void {
    tabs.links.forEach((link, i) => {
        link.setAttribute("aria-selected", String(i === index));
        link.tabIndex = i === index ? 0 : -1;
    });
    tabs.panels.forEach((panel, i) => {
        if (i === index) panel.removeAttribute("hidden");
        else panel.setAttribute("hidden", "until-found");
    });
}

// Opens the panel that holds what the address names; false where it names nothing in here.
function openNamed(tabs: Tabs): boolean {
    const target = location.hash === "" ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const index = target ? tabs.panels.findIndex((panel) => panel.contains(target)) : -1;
    if (index >= 0) show(tabs, index);
    if (index >= 0) target?.scrollIntoView();
    return index >= 0;
}

function goal(key: string, index: number, count: number): number {
    if (key === "ArrowRight" || key === "ArrowDown") return (index + 1) % count;
    if (key === "ArrowLeft" || key === "ArrowUp") return (index + count - 1) % count;
    return key === "Home" ? 0 : key === "End" ? count - 1 : -1;
}

function listen(tabs: Tabs, index: number): void {
    const link = tabs.links[index]!, panel = tabs.panels[index]!;
    link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(history.state, "", link.hash); // the address can be passed on
        show(tabs, index);
    });
    link.addEventListener("keydown", (event) => {
        const next = goal(event.key, index, tabs.links.length);
        if (event.key === " ") link.click();
        else if (next < 0) return;
        else {
            show(tabs, next);
            tabs.links[next]!.focus();
        }
        event.preventDefault();
    });
    panel.addEventListener("beforematch", () => show(tabs, index));
}

function dress(box: Element, tabs: Tabs): void {
    const list = box.querySelector(".variants__list")!;
    list.setAttribute("role", "tablist");
    for (const item of list.children) item.setAttribute("role", "presentation");
    tabs.links.forEach((link, i) => {
        const panel = tabs.panels[i]!;
        link.id = `tab_${panel.id}`;
        link.setAttribute("role", "tab");
        link.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", link.id);
        listen(tabs, i);
    });
}

export function variants(): void {
    for (const box of document.querySelectorAll(".variants")) {
        const tabs = {
            links: [...box.querySelectorAll<HTMLAnchorElement>(".variants__list a")],
            panels: [...box.querySelectorAll<HTMLElement>(":scope > .variant")],
        };
        dress(box, tabs);
        if (!openNamed(tabs)) show(tabs, 0);
        addEventListener("hashchange", () => openNamed(tabs));
    }
}
