//! The walls of the house: which module may use which, by the table in the crate's own documentation, and which file alone
//! knows an outside library.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What only one file may use.
const WALLS: [(&str, &str); 9] = [
    ("annotate_snippets", "diagnostic/text.rs"),
    ("chrono", "period/"),
    ("comfy_table", "table/text.rs"),
    ("iso_currency", "money.rs"),
    ("num_bigint", "crossfoot/simplex/number.rs"),
    ("num_rational", "crossfoot/simplex/number.rs"),
    ("rust_decimal", "decimal.rs"),
    ("std::fs", "source.rs"),
    ("toml", "file/toml.rs"),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file under `src` by its path there, without its comments.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(src()).unwrap().display().to_string().replace('\\', "/");
                files.insert(name, code(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    files
}

fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The module a file belongs to: `plan` for `plan/id.rs`, `money` for `money.rs`.
fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Each module's layer, by the table under `## Layers`.
fn layers() -> BTreeMap<String, usize> {
    let page = fs::read_to_string(src().join("lib.md")).unwrap();
    let section = page.split("## Layers").nth(1).expect("lib.md has a section `## Layers`");
    let section = section.split("\n## ").next().unwrap();
    let mut layers = BTreeMap::new();
    for row in section.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Ok(layer) = cells[1].parse::<usize>() else { continue };
        for module in cells[2].split(", ") {
            let twice = layers.insert(module.trim_matches('`').to_owned(), layer);
            assert!(twice.is_none(), "{module} stands twice in the table of layers");
        }
    }
    layers
}

/// Each noun that the crate gives out at its root, and the module it comes from.
fn nouns(root: &str) -> BTreeMap<&str, &str> {
    let uses = root.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let module_and_names = uses.filter_map(|item| item.split_once("::"));
    let all = module_and_names
        .flat_map(|(module, names)| names.trim_matches(['{', '}']).split(',').map(move |name| (name.trim(), module)));
    all.collect()
}

/// What stands after each `prefix` in a code: the first word of every path that begins there.
fn words_after<'c>(code: &'c str, prefix: &str) -> Vec<&'c str> {
    let rests = code.match_indices(prefix).map(|(at, _)| &code[at + prefix.len()..]);
    rests.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect()
}

#[test]
fn every_module_stands_in_the_table_of_layers() {
    let files = files();
    let modules: BTreeSet<&str> = files.keys().map(|file| module_of(file)).filter(|module| *module != "lib").collect();
    let layers = layers();
    let listed: BTreeSet<&str> = layers.keys().map(String::as_str).collect();
    assert_eq!(modules, listed, "left: the modules there are; right: those in the table of src/lib.md");
}

#[test]
fn no_module_uses_one_of_a_layer_below_its_own() {
    let (files, layers) = (files(), layers());
    let nouns = nouns(&files["lib.rs"]);
    let mut broken = Vec::new();
    for (file, code) in files.iter().filter(|(file, _)| *file != "lib.rs") {
        assert!(!code.contains("super::super::"), "{file}: write paths out of a family from `crate::`");
        for word in words_after(code, "crate::") {
            let used = nouns.get(word).copied().unwrap_or(word);
            let layer = layers
                .get(used)
                .unwrap_or_else(|| panic!("{file}: `crate::{word}` is no module of the table; one `use` a module"));
            if *layer > layers[module_of(file)] {
                broken.push(format!("{file} uses `{used}`, which stands below it"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn an_outside_library_is_known_to_one_file_only() {
    let files = files();
    for (library, home) in WALLS {
        let users: Vec<&str> = files.iter().filter(|(_, code)| uses(code, library)).map(|(file, _)| file.as_str()).collect();
        let is_at_home = |user: &&str| if home.ends_with('/') { user.starts_with(home) } else { *user == home };
        assert!(!users.is_empty() && users.iter().all(is_at_home), "`{library}` is for {home} alone, not for {users:?}");
    }
}

/// Whether a code names a library: at the head of a path, and not a module of its own by the same name.
fn uses(code: &str, library: &str) -> bool {
    let own =
        |line: &str| line.starts_with(&format!("mod {library};")) || (line.starts_with("use super::") && line.contains(library));
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let heads = code.match_indices(library).filter(|(at, _)| !code[..*at].ends_with(inside));
    let named =
        heads.map(|(at, _)| &code[at + library.len()..]).any(|rest| rest.starts_with("::") || rest.starts_with([';', '{']));
    named && !code.lines().any(own)
}
