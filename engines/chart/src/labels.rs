//! Labels that would lie on each other are moved apart, as little as possible.
//! Isotonic regression by pooling neighbours that clash (Ayer and others 1955, Ann Math Stat 26:641–647).

/// Starting places for spans of the given `(wished start, length)`, in the order given, so that
/// none overlaps and all stay within `low..=high` where there is room for them.
///
/// The sum of squared moves is the least possible. Spans too long for the range together run
/// over its end.
///
/// ```
/// assert_eq!(chart::labels::spread(&[(10.0, 16.0), (12.0, 16.0)], 0.0, 100.0), [3.0, 19.0]);
/// ```
pub fn spread(wishes: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].0.total_cmp(&wishes[*b].0));
    let total: f64 = wishes.iter().map(|(_, length)| length).sum();
    let latest = (high - total).max(low);

    // Without the lengths before it, each span's wish need only not decrease.
    let mut before = 0.0;
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for &i in &order {
        let mut mean = wishes[i].0 - before;
        let mut count = 1;
        before += wishes[i].1;
        while let Some((earlier, many)) = pools.last().copied() {
            if earlier <= mean {
                break;
            }
            mean = (earlier * many as f64 + mean * count as f64) / (many + count) as f64;
            count += many;
            pools.pop();
        }
        pools.push((mean, count));
    }

    let mut places = vec![0.0; wishes.len()];
    let mut before = 0.0;
    let means = pools.iter().flat_map(|(mean, count)| std::iter::repeat_n(*mean, *count));
    for (&i, mean) in order.iter().zip(means) {
        places[i] = mean.clamp(low, latest) + before;
        before += wishes[i].1;
    }
    places
}
