//! The text of a page (页内文字): text objects with their places, in document order.

use std::collections::HashMap;

use super::xml::Element;

/// Deepest nesting of composite objects: one that draws itself would never end.
const MAX_COMPOSITES: usize = 4;
/// Smallest angle, in degrees, from the axes at which text lies aslant, as watermarks do.
const ASLANT: f64 = 8.0;
/// Empty space, in ems, at which the text of one object falls apart.
const COLUMN_GAP: f64 = 0.75;
/// Most ruled lines kept of a page: a drawing has more, a table never.
const MAX_RULES: usize = 20_000;
/// Farthest place believed, in millimetres: a hundred metres.
const FARTHEST: f64 = 100_000.0;
/// Millimetres by which a line may lean and still be straight.
const STRAIGHT: f64 = 0.3;

/// Why words stand on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The document's own.
    Body,
    /// Drawn aslant over the page.
    Watermark,
    /// Not shown.
    Hidden,
}

/// A stretch of text in one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Id of its text object.
    pub(super) id: String,
    pub(super) role: Role,
    /// Left edge in millimetres, in the direction of reading.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Baseline from the top, or from the right edge for vertical text.
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) vertical: bool,
    pub(super) text: String,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Text in document order.
    pub(super) runs: Vec<Run>,
    /// Glyphs drawn without any character code.
    pub(super) bare_glyphs: usize,
    /// Pictures.
    pub(super) pictures: usize,
    /// Characters other than white space, counted at the text codes themselves.
    pub(super) characters: usize,
    /// Ruled lines, as boxes: left, top, right, bottom.
    pub(super) rules: Vec<[f64; 4]>,
}

/// An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// First `inner`, then this.
    fn after(self, inner: Self) -> Self {
        let [a, b, c, d, _, _] = inner.0;
        let origin = self.apply(inner.0[4], inner.0[5]);
        let (right, down) = (self.turn(a, b), self.turn(c, d));
        Self([right.0, right.1, down.0, down.1, origin.0, origin.1])
    }

    fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, _, _] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}

/// Reads the content of a page, a template, an annotation or a composite object.
pub(super) fn draw(content: &Element, composites: &HashMap<String, Element>) -> Drawn {
    let mut drawn = Drawn::default();
    let pen = Pen { place: Matrix::IDENTITY, hidden: false, depth: 0, composites };
    pen.draw(content, &mut drawn);
    drawn
}

#[derive(Clone, Copy)]
struct Pen<'c> {
    place: Matrix,
    hidden: bool,
    depth: usize,
    composites: &'c HashMap<String, Element>,
}

impl Pen<'_> {
    fn draw(self, element: &Element, drawn: &mut Drawn) {
        let hidden = self.hidden || is_hidden(element);
        let pen = Pen { hidden, ..self };
        match element.name.as_str() {
            "TextObject" => pen.text(element, drawn),
            "ImageObject" => drawn.pictures += 1,
            "PathObject" => pen.rule(element, drawn),
            "CompositeObject" | "CompositeGraphicUnit" if element.attribute("ResourceID").is_some() => {
                pen.composite(element, drawn);
            }
            "Clips" | "Actions" => {}
            _ => element.children.iter().for_each(|child| pen.draw(child, drawn)),
        }
    }

    fn object(self, element: &Element) -> Matrix {
        let boundary = numbers(element.attribute("Boundary").unwrap_or_default());
        let at = |index: usize| boundary.get(index).copied().unwrap_or(0.0);
        let moved = Matrix([1.0, 0.0, 0.0, 1.0, at(0), at(1)]);
        let own = numbers(element.attribute("CTM").unwrap_or_default());
        let own = <[f64; 6]>::try_from(own).map_or(Matrix::IDENTITY, Matrix);
        self.place.after(moved.after(own))
    }

    fn composite(self, element: &Element, drawn: &mut Drawn) {
        let id = element.attribute("ResourceID").unwrap_or_default();
        let place = self.object(element);
        if let Some(unit) = self.composites.get(id)
            && self.depth < MAX_COMPOSITES
        {
            let pen = Pen { place, depth: self.depth + 1, ..self };
            unit.children.iter().for_each(|child| pen.draw(child, drawn));
        }
    }

    /// The straight pieces of a path that lie along the edges of the page.
    fn rule(self, element: &Element, drawn: &mut Drawn) {
        let map = self.object(element);
        let data = element.value("AbbreviatedData").unwrap_or_default();
        let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
        let mut parts = data.split_whitespace();
        while let Some(command) = parts.next() {
            let mut pair = || Some((number(parts.next())?, number(parts.next())?));
            let next = match command {
                "M" | "S" | "L" => pair(),
                "Q" => pair().and_then(|_| pair()),
                "B" => pair().and_then(|_| pair()).and_then(|_| pair()),
                "C" => Some(start),
                _ => None,
            };
            let Some(next) = next else { continue };
            if matches!(command, "L" | "C") && drawn.rules.len() < MAX_RULES {
                drawn.rules.extend(straight(map.apply(at.0, at.1), map.apply(next.0, next.1)));
            }
            if matches!(command, "M" | "S") {
                start = next;
            }
            at = next;
        }
    }

    fn text(self, element: &Element, drawn: &mut Drawn) {
        let map = self.object(element);
        let size = element.attribute("Size").and_then(|size| size.parse().ok()).unwrap_or(1.0);
        let turned = matches!(element.attribute("ReadDirection"), Some("90" | "270"));
        let mut origin = (0.0, 0.0);
        let mut shown = 0;
        for code in element.all("TextCode") {
            let axis = |name: &str, before: f64| number(code.attribute(name)).unwrap_or(before);
            origin = (axis("X", origin.0), axis("Y", origin.1));
            let characters: Vec<char> = code.text.trim_matches(['\n', '\r', '\t']).chars().collect();
            shown += characters.iter().filter(|c| !c.is_whitespace()).count();
            let steps = Steps::of(code, characters.len(), size, turned);
            let setter = Setter { map, size, hidden: self.hidden, id: element.attribute("ID").unwrap_or_default() };
            setter.set(&characters, origin, &steps, &mut drawn.runs);
        }
        drawn.characters += shown;
        if shown == 0 {
            let glyphs = element.all("CGTransform").filter_map(|transform| transform.value("Glyphs"));
            drawn.bare_glyphs += glyphs.map(|list| list.split_whitespace().count()).sum::<usize>();
        }
    }
}

/// Whether an object is not shown: said so, or wholly transparent.
fn is_hidden(element: &Element) -> bool {
    let clear = |element: &Element| element.attribute("Alpha") == Some("0");
    let unfilled = element.name == "TextObject" && element.child("FillColor").is_some_and(clear);
    element.attribute("Visible") == Some("false") || clear(element) || unfilled
}

/// A line along an edge of the page, as a box.
fn straight(from: (f64, f64), to: (f64, f64)) -> Option<[f64; 4]> {
    let level = (from.1 - to.1).abs() < STRAIGHT;
    let upright = (from.0 - to.0).abs() < STRAIGHT;
    let near = [from.0, from.1, to.0, to.1].iter().all(|place| place.abs() < FARTHEST);
    (near && level != upright).then(|| [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)])
}

/// How far each character of a text code lies from the one before.
struct Steps {
    x: Vec<f64>,
    y: Vec<f64>,
    natural: Option<bool>,
    size: f64,
}

impl Steps {
    fn of(code: &Element, characters: usize, size: f64, turned: bool) -> Self {
        let x = deltas(code.attribute("DeltaX").unwrap_or_default(), characters);
        let y = deltas(code.attribute("DeltaY").unwrap_or_default(), characters);
        // Without any step the font's own widths count.
        let natural = (x.is_empty() && y.is_empty()).then_some(turned);
        Self { x, y, natural, size }
    }

    fn after(&self, index: usize, c: char) -> (f64, f64) {
        match self.natural {
            Some(false) => (em(c) * self.size, 0.0),
            Some(true) => (0.0, em(c) * self.size),
            None => (self.x.get(index).copied().unwrap_or(0.0), self.y.get(index).copied().unwrap_or(0.0)),
        }
    }
}

struct Setter<'e> {
    map: Matrix,
    size: f64,
    hidden: bool,
    id: &'e str,
}

impl Setter<'_> {
    /// Puts characters on the page; a jump within the object begins another run.
    fn set(&self, characters: &[char], origin: (f64, f64), steps: &Steps, runs: &mut Vec<Run>) {
        let (right, down) = self.direction(characters, steps);
        let scale = self.map.turn(0.0, 1.0);
        let size = within(self.size * scale.0.hypot(scale.1)).max(0.01);
        let degrees = down.atan2(right).to_degrees().rem_euclid(90.0);
        let aslant = degrees > ASLANT && degrees < 90.0 - ASLANT;
        let vertical = !aslant && down.abs() > right.abs();
        let role = match (self.hidden, aslant) {
            (true, _) => Role::Hidden,
            (_, true) => Role::Watermark,
            _ => Role::Body,
        };
        let (mut x, mut y) = origin;
        let mut current: Option<Run> = None;
        for (index, &c) in characters.iter().enumerate() {
            let (px, py) = self.map.apply(x, y);
            let (px, py) = (within(px), within(py));
            let (at, baseline) = if vertical { (py, -px) } else { (px, py) };
            let end = at + em(c) * size;
            let goes_on = current.as_ref().is_some_and(|run| {
                aslant
                    || ((run.baseline - baseline).abs() < size * 0.5
                        && at > run.right - size
                        && at < run.right + COLUMN_GAP * size)
            });
            if !goes_on {
                runs.extend(current.take());
                current = Some(Run {
                    id: self.id.to_owned(),
                    role,
                    left: at,
                    right: end,
                    baseline,
                    size,
                    vertical,
                    text: String::new(),
                });
            }
            if let Some(run) = current.as_mut() {
                run.text.push(c);
                run.right = end;
            }
            let (dx, dy) = steps.after(index, c);
            (x, y) = (x + dx, y + dy);
        }
        runs.extend(current.filter(|run| !run.text.trim().is_empty()));
    }

    /// The direction of reading on the page: where the first step leads, else how the glyphs are turned.
    fn direction(&self, characters: &[char], steps: &Steps) -> (f64, f64) {
        let count = characters.len().saturating_sub(1);
        let mut walk = characters.iter().take(count).enumerate().map(|(index, &c)| steps.after(index, c));
        let (x, y) = walk.find(|(x, y)| x.hypot(*y) > f64::EPSILON).unwrap_or((1.0, 0.0));
        self.map.turn(x, y)
    }
}

/// A length that is on some page; hostile ones overflow.
fn within(length: f64) -> f64 {
    if length.is_nan() { 0.0 } else { length.clamp(-FARTHEST, FARTHEST) }
}

/// Width of a character in ems, as far as it can be told without its font.
fn em(c: char) -> f64 {
    if c.is_ascii()
        || ('\u{a0}'..'\u{2e80}').contains(&c) && !matches!(c, '“' | '”' | '—' | '…' | '‘' | '’' | '①'..='⓿')
    {
        0.5
    } else {
        1.0
    }
}

fn number(text: Option<&str>) -> Option<f64> {
    text.and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite())
}

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().filter_map(|part| number(Some(part))).collect()
}

/// The steps of a text code: numbers, and groups `g count step`; never more than there are characters.
fn deltas(text: &str, characters: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut parts = text.split_whitespace();
    while let Some(part) = parts.next() {
        if part.eq_ignore_ascii_case("g") {
            let count: usize = parts.next().and_then(|count| count.parse().ok()).unwrap_or(0);
            let step = number(parts.next()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, count.min(characters.saturating_sub(steps.len()))));
        } else if let Some(step) = number(Some(part))
            && steps.len() < characters
        {
            steps.push(step);
        }
    }
    steps
}
