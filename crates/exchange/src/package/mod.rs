//! A plan as a Tabular Data Package: its tables as CSV with keys between them, and `datapackage.json`, which says what they are.

mod descriptor;
mod money;
mod prose;
mod results;
mod sheet;

use std::fs;
use std::io;
use std::path::Path;

use logframe::{Error, Plan, write_text};

use sheet::Resource;

/// The file that says what the others are.
const DESCRIPTOR: &str = "datapackage.json";

/// The files of a Tabular Data Package, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// The tables, and `datapackage.json` last.
    pub files: Vec<PackageFile>,
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageFile {
    /// Its name in the package's folder: `allocations.csv`.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

impl Package {
    /// The text of a file.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|file| file.name == name).map(|file| file.text.as_str())
    }
}

impl Resource {
    fn path(&self) -> String {
        format!("{}.csv", self.name)
    }

    fn file(&self) -> PackageFile {
        PackageFile { name: self.path(), text: self.table.csv() }
    }
}

/// A plan as a Tabular Data Package. Tables that would be empty are left out. The package of a plan with unknown references or
/// duplicate ids, which [`check`](logframe::rules::check) reports, breaks its own keys in the same places.
///
/// ```
/// use logframe::{Plan, Source};
/// let text = "format = 1\nplan = { id = 'relief', title = 'Relief', currency = 'USD' }\n\
///             head = [{ id = 'food', title = 'Food' }]\noffice = [{ id = 'north', name = 'North' }]\n\
///             budget = { north = { food = 1_250.50 } }";
/// let plan = Plan::parse(&Source::new("relief.toml", text)).plan.unwrap();
/// let package = logframe_exchange::data_package(&plan);
/// let names: Vec<&str> = package.files.iter().map(|file| file.name.as_str()).collect();
/// assert_eq!(names, ["offices.csv", "results.csv", "allocations.csv", "datapackage.json"]);
/// assert_eq!(package.text("allocations.csv"), Some("office,result,amount,said\nnorth,food,1250.50,amount\n"));
/// ```
pub fn data_package(plan: &Plan) -> Package {
    let resources = resources(plan);
    let text = descriptor::descriptor(plan, &resources);
    let mut files: Vec<PackageFile> = resources.iter().map(Resource::file).collect();
    files.push(PackageFile { name: DESCRIPTOR.to_owned(), text });
    Package { files }
}

/// The tables that have a row, what is referred to before what refers to it.
fn resources(plan: &Plan) -> Vec<Resource> {
    let tables = [
        results::regions,
        results::offices,
        results::results,
        results::challenges,
        results::assumptions,
        results::indicators,
        results::readings,
        results::sdgs,
        money::categories,
        money::allocations,
        money::rates,
        prose::profiles,
        prose::clauses,
        money::donors,
        money::lines,
        money::funding,
        money::declared,
        prose::sheets,
        prose::sheet_offices,
        prose::sheet_activities,
        prose::sheet_wording,
        prose::sheet_challenges,
        prose::series,
        prose::figures,
        prose::statements,
        prose::exceptions,
    ];
    tables.into_iter().filter_map(|table| table(plan)).collect()
}

/// Writes a plan as a Tabular Data Package into a folder, which is made where it is missing. Each file is written whole or not at all,
/// `datapackage.json` last. Files of a former package are replaced; a table of it that the plan has no more stays and is named by
/// nothing.
///
/// # Errors
/// [`Error::Unwritable`] with the operating system's reason; or where a file of that name stands in a folder that is no data package,
/// such as the plan's own `lines.csv`. Then nothing is written.
pub fn save_data_package(plan: &Plan, folder: &Path) -> Result<(), Error> {
    let package = data_package(plan);
    refuse_strangers(&package, folder)?;
    fs::create_dir_all(folder).map_err(|source| Error::Unwritable { name: folder.display().to_string(), source })?;
    package.files.iter().try_for_each(|file| write_text(&folder.join(&file.name), &file.text))
}

/// A plan may keep its lines in a `lines.csv`, and its folder is where people would save to: what is no package is not written over.
fn refuse_strangers(package: &Package, folder: &Path) -> Result<(), Error> {
    if folder.join(DESCRIPTOR).exists() {
        return Ok(());
    }
    let mut paths = package.files.iter().map(|file| folder.join(&file.name));
    paths.find(|path| path.exists()).map_or(Ok(()), |path| Err(stranger(&path)))
}

fn stranger(path: &Path) -> Error {
    let why = "it is there already and belongs to no data package; give a folder of its own";
    Error::Unwritable { name: path.display().to_string(), source: io::Error::new(io::ErrorKind::AlreadyExists, why) }
}
